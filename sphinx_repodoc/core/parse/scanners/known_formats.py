"""The one table of well-known formats in JSON, YAML, TOML and INI: which keys name what.

A format is recognised by the path of a file and by the shape of its document; the kinds are
the format's own words. :mod:`.key_rules` says how a row is read. The first that fits counts.
"""

from __future__ import annotations

from sphinx_repodoc.core.parse.scanners.key_rules import KnownFormat

_YAML = r"[^/]*\.ya?ml"
_ANY = r".*"

KNOWN_FORMATS = (
    KnownFormat(
        title="Workflows of GitHub, Forgejo and Gitea",
        languages="yaml",
        path=rf"\.(?:github|forgejo|gitea)/workflows/{_YAML}",
        shape="jobs",
        kinds="""
            jobs.* = job
            jobs.*.steps[] = step by name id uses
            on.workflow_call.inputs.* = input
            on.workflow_call.outputs.* = output
            on.workflow_call.secrets.* = secret
            on.workflow_dispatch.inputs.* = input
        """,
    ),
    KnownFormat(
        title="Actions of GitHub, Forgejo and Gitea",
        languages="yaml",
        path=r"action\.ya?ml",
        shape="runs",
        kinds="""
            inputs.* = input
            outputs.* = output
            runs.steps[] = step by name id uses
        """,
    ),
    KnownFormat(
        title="GitLab CI",
        languages="yaml",
        path=rf"(?:[^/]*\.)?gitlab-ci\.ya?ml|\.gitlab/ci/{_YAML}",
        kinds="""
            stages[] = stage
            variables.* = variable
            default = key
            workflow = key
            * = job if script trigger extends run
        """,
    ),
    KnownFormat(
        title="CircleCI",
        languages="yaml",
        path=r"\.circleci/config\.ya?ml",
        shape="jobs|orbs",
        kinds="""
            jobs.* = job
            jobs.*.steps[] = step by run.name .
            workflows.* = workflow if jobs
            commands.* = command
            executors.* = executor
            orbs.* = orb
        """,
    ),
    KnownFormat(
        title="Azure Pipelines",
        languages="yaml",
        path=rf"[^/]*azure-pipelines?{_YAML}|\.azure[^/]*/(?:.*/)?{_YAML}",
        shape="jobs|stages|steps",
        kinds="""
            parameters[] = parameter by name
            stages[] = stage by stage
            stages[].jobs[] = job by job deployment
            stages[].jobs[].steps[] = step by displayName name task
            jobs[] = job by job deployment
            jobs[].steps[] = step by displayName name task
            steps[] = step by displayName name task
        """,
    ),
    KnownFormat(
        title="Compose",
        languages="yaml",
        path=r"(?:docker-)?compose(?:[._-][^/]*)?\.ya?ml",
        shape="services",
        kinds="""
            services.* = service
            volumes.* = volume
            networks.* = network
            configs.* = config
            secrets.* = secret
        """,
    ),
    KnownFormat(
        title="npm",
        languages="json",
        path=r"package\.json",
        kinds="""
            scripts.* = script
            bin.* = command
            exports.* = export
            imports.* = import
            engines.* = engine
            workspaces[] = workspace
            workspaces.packages[] = workspace
            dependencies.* = dependency
            devDependencies.* = dependency
            peerDependencies.* = dependency
            optionalDependencies.* = dependency
            bundleDependencies[] = bundled package
            bundledDependencies[] = bundled package
        """,
    ),
    KnownFormat(
        title="Deno",
        languages="json",
        path=r"deno\.jsonc?",
        kinds="""
            tasks.* = task
            imports.* = import
            exports.* = export
        """,
    ),
    KnownFormat(
        title="Composer",
        languages="json",
        path=r"composer\.json",
        kinds="""
            require.* = requirement
            require-dev.* = requirement
            scripts.* = script
        """,
    ),
    KnownFormat(
        title="Python projects",
        languages="toml",
        path=r"pyproject\.toml",
        kinds="""
            build-system.requires[] = build dependency
            project.dependencies[] = dependency
            project.optional-dependencies.* = extra
            project.optional-dependencies.*[] = dependency
            project.scripts.* = script
            project.gui-scripts.* = script
            project.entry-points.* = entry point group
            project.entry-points.*.* = entry point
            project.urls.* = url
            dependency-groups.* = dependency group
            dependency-groups.*[] = dependency
            tool.hatch.envs.* = environment
            tool.hatch.envs.*.scripts.* = script
            tool.pdm.dev-dependencies.* = dependency group
            tool.pdm.dev-dependencies.*[] = dependency
            tool.pdm.scripts.* = script
            tool.pixi.dependencies.* = dependency
            tool.pixi.pypi-dependencies.* = dependency
            tool.pixi.feature.* = feature
            tool.pixi.feature.*.dependencies.* = dependency
            tool.pixi.feature.*.tasks.* = task
            tool.pixi.environments.* = environment
            tool.pixi.tasks.* = task
            tool.poe.tasks.* = task
            tool.poetry.dependencies.* = dependency
            tool.poetry.dev-dependencies.* = dependency
            tool.poetry.extras.* = extra
            tool.poetry.group.* = dependency group
            tool.poetry.group.*.dependencies.* = dependency
            tool.poetry.plugins.* = entry point group
            tool.poetry.plugins.*.* = entry point
            tool.poetry.scripts.* = script
            tool.tox.env.* = testenv
            tool.uv.dev-dependencies[] = dependency
        """,
    ),
    KnownFormat(
        title="Pipenv",
        languages="toml",
        path=r"Pipfile",
        kinds="""
            packages.* = dependency
            dev-packages.* = dependency
            scripts.* = script
        """,
    ),
    KnownFormat(
        title="pixi",
        languages="toml",
        path=r"pixi\.toml",
        kinds="""
            dependencies.* = dependency
            pypi-dependencies.* = dependency
            feature.* = feature
            feature.*.dependencies.* = dependency
            feature.*.tasks.* = task
            environments.* = environment
            tasks.* = task
        """,
    ),
    KnownFormat(
        title="Cargo",
        languages="toml",
        path=r"Cargo\.toml",
        kinds="""
            dependencies.* = dependency
            dev-dependencies.* = dependency
            build-dependencies.* = dependency
            target.*.dependencies.* = dependency
            target.*.dev-dependencies.* = dependency
            target.*.build-dependencies.* = dependency
            workspace.dependencies.* = dependency
            workspace.members[] = member
            features.* = feature
            profile.* = profile
            lib = library by name if name
            bin[] = binary by name
            example[] = example by name
            test[] = test by name
            bench[] = benchmark by name
        """,
    ),
    KnownFormat(
        title="tox",
        languages="toml",
        path=r"tox\.toml",
        kinds="""
            env.* = testenv
        """,
    ),
    KnownFormat(
        title="tox",
        languages="ini",
        path=r"tox\.ini",
        kinds="""
            testenv = testenv
            testenv:* = testenv
        """,
    ),
    KnownFormat(
        title="setuptools",
        languages="ini",
        path=r"setup\.cfg",
        kinds="""
            options.install_requires[] = dependency
            options.setup_requires[] = build dependency
            options.tests_require[] = dependency
            options.extras_require.* = extra
            options.extras_require.*[] = dependency
            options.entry_points.* = entry point group
            options.entry_points.*[] = entry point
            testenv = testenv
            testenv:* = testenv
        """,
    ),
    KnownFormat(
        title="git submodules",
        languages="ini",
        path=r"\.gitmodules",
        kinds="""
            submodule "*" = submodule
        """,
    ),
    KnownFormat(
        title="Conda environments",
        languages="yaml",
        path=r"[^/]*(?:environment|conda|\benv)[^/]*\.ya?ml",
        shape="dependencies channels|name|prefix",
        kinds="""
            channels[] = channel
            dependencies[] = dependency
            dependencies[].pip[] = dependency
        """,
    ),
    KnownFormat(
        title="pre-commit",
        languages="yaml",
        path=r"\.pre-commit-config\.ya?ml",
        shape="repos",
        kinds="""
            repos[] = repo by repo
            repos[].hooks[] = hook by id
        """,
    ),
    KnownFormat(
        title="Hooks for pre-commit",
        languages="yaml",
        path=r"\.pre-commit-hooks\.ya?ml",
        kinds="""
            [] = hook by id
        """,
    ),
    KnownFormat(
        title="Helm charts",
        languages="yaml",
        path=r"Chart\.ya?ml",
        shape="apiVersion name",
        kinds="""
            dependencies[] = dependency by alias name
        """,
    ),
    KnownFormat(
        title="Task",
        languages="yaml",
        path=r"[Tt]askfile(?:\.[^/]*)?\.ya?ml",
        shape="tasks",
        kinds="""
            tasks.* = task
            vars.* = variable
        """,
    ),
    KnownFormat(
        title="Kubernetes",
        languages="json yaml",
        path=_ANY,
        shape="apiVersion kind metadata",
        kinds="""
            . = {kind} by metadata.name metadata.generateName
            items[] = {kind} by metadata.name
            spec.containers[] = container by name
            spec.initContainers[] = container by name
            spec.template.spec.containers[] = container by name
            spec.template.spec.initContainers[] = container by name
            spec.jobTemplate.spec.template.spec.containers[] = container by name
            spec.jobTemplate.spec.template.spec.initContainers[] = container by name
        """,
    ),
    KnownFormat(
        title="Ansible playbooks",
        languages="yaml",
        path=_ANY,
        shape="hosts tasks|roles|pre_tasks|post_tasks",
        kinds="""
            [] = play by name hosts
            [].tasks[] = task by name
            [].tasks[].block[] = task by name
            [].tasks[].rescue[] = task by name
            [].tasks[].always[] = task by name
            [].pre_tasks[] = task by name
            [].post_tasks[] = task by name
            [].handlers[] = handler by name
            [].roles[] = role by role name .
        """,
    ),
    KnownFormat(
        title="Ansible tasks",
        languages="yaml",
        path=rf"tasks/{_YAML}",
        shape="name",
        kinds="""
            [] = task by name
            [].block[] = task by name
            [].rescue[] = task by name
            [].always[] = task by name
        """,
    ),
    KnownFormat(
        title="Ansible handlers",
        languages="yaml",
        path=rf"handlers/{_YAML}",
        shape="name",
        kinds="""
            [] = handler by name
        """,
    ),
    KnownFormat(
        title="OpenAPI",
        languages="json yaml",
        path=_ANY,
        shape="openapi|swagger paths|components|definitions|webhooks",
        kinds="""
            paths.* = path
            paths.*.get = operation by operationId
            paths.*.put = operation by operationId
            paths.*.post = operation by operationId
            paths.*.delete = operation by operationId
            paths.*.options = operation by operationId
            paths.*.head = operation by operationId
            paths.*.patch = operation by operationId
            paths.*.trace = operation by operationId
            webhooks.* = webhook
            tags[] = tag by name
            components.schemas.* = schema
            components.responses.* = response
            components.parameters.* = parameter
            components.requestBodies.* = request body
            components.headers.* = header
            components.securitySchemes.* = security scheme
            definitions.* = schema
            parameters.* = parameter
            responses.* = response
            securityDefinitions.* = security scheme
        """,
    ),
)


def formats_of(path: str, language: str, text: bytes) -> tuple[KnownFormat, ...]:
    """The formats that a file may have; which it is its document says."""
    return tuple(row for row in KNOWN_FORMATS if row.may_be(path, language, text))
