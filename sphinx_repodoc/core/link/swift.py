"""Swift's imports of modules to the files of the targets that packages name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    Found,
    ancestors,
    folder_of,
    read_requirements,
)
from sphinx_repodoc.core.link.namespaces import join_namespaces
from sphinx_repodoc.core.link.uses import top_level
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

# Of the toolchain, of Foundation's platforms and of Apple's systems
_MODULES = """
    ARKit AVFAudio AVFoundation AVKit Accelerate Accessibility Accounts ActivityKit AdSupport Android
    AppIntents AppKit AppTrackingTransparency AuthenticationServices BackgroundTasks Builtin C CFNetwork
    CRT CallKit CloudKit Cocoa Combine CommonCrypto Compression Contacts CoreAudio CoreBluetooth
    CoreData CoreFoundation CoreGraphics CoreHaptics CoreImage CoreLocation CoreML CoreMedia CoreMotion
    CoreServices CoreSpotlight CoreTelephony CoreText CoreVideo CryptoKit Cxx CxxStdlib Darwin
    DeveloperToolsSupport Dispatch Distributed EventKit ExtensionKit ExternalAccessory Foundation
    FoundationEssentials FoundationInternationalization FoundationNetworking FoundationXML GLKit
    GameController GameKit GameplayKit Glibc HealthKit HomeKit IOKit IOSurface ImageIO Intents
    JavaScriptCore LocalAuthentication MachO MapKit MediaPlayer MessageUI Messages Metal MetalKit
    MetricKit MobileCoreServices Musl MultipeerConnectivity NaturalLanguage Network NetworkExtension
    NotificationCenter OSLog ObjectiveC Observation OpenGLES PDFKit PackageDescription PackagePlugin
    PassKit Photos PhotosUI PlaygroundSupport QuartzCore QuickLook RealityKit RegexBuilder ReplayKit
    SafariServices SceneKit ScreenCaptureKit Security ServiceManagement Social Spatial Speech SpriteKit
    StoreKit Swift SwiftData SwiftOnoneSupport SwiftUI Synchronization System SystemConfiguration Testing
    TVUIKit UIKit UniformTypeIdentifiers UserNotifications VideoToolbox Vision VisionKit WASILibc
    WatchConnectivity WatchKit WebKit WidgetKit WinSDK XCTest _Concurrency _Differentiation
    _StringProcessing _SwiftConcurrencyShims os simd ucrt unistd
"""
STANDARD_MODULES = frozenset(_MODULES.split())


@dataclass(slots=True)
class SwiftLinker:
    """A module is a folder: an import leads to those of its files that define what is mentioned."""

    requirements: Requirements
    modules: Namespaces

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        module = wanted.module.partition(".")[0]
        if module in self.modules.files:
            files = self.modules.mentioned(module, file.facts.words)
            return Found(origin=Origin.HERE, whole=files) if files else HERE
        if module in STANDARD_MODULES:
            return STANDARD
        return self.requirements.explain(folder_of(file.entry.path), (module.lower(),))


def swift_modules(index: Index) -> Namespaces:
    """Join the files of each target: those below its folder, and in no other target's."""
    routes = index.manifests.routes_of(Ecosystem.SWIFT, RouteKind.LOCAL)
    folders = {route.target: route.name for route in reversed(routes)}

    def definitions() -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
        for file in index.of_language("swift"):
            path = file.entry.path
            home = next((up for up in ancestors(folder_of(path)) if up in folders), None)
            if home is not None:
                yield path, {folders[home]: dict(top_level(file))}

    return join_namespaces(definitions())


def _names(name: str) -> list[str]:
    """A package is often called after the language: ``swift-log`` offers ``Logging``, but says so itself."""
    lower = name.lower()
    return [lower, lower.removeprefix("swift-").removesuffix("-swift").replace("-", "")]


def make_swift_linker(index: Index) -> Linker:
    requirements = read_requirements(
        index.manifests, Ecosystem.SWIFT, lambda name: dict.fromkeys(_names(name))
    )
    return SwiftLinker(requirements, index.share(swift_modules))
