"""Ruby requires lead along the load paths of gems."""

from __future__ import annotations

import pytest
from link_repos import leads, link_texts, used

GEMFILE = """source "https://example.org"
gem "rack-test"
group :test do
  gem 'activesupport', "~> 7"
end
gem "thing", path: "vendor/thing" # a comment
"""
SPEC = """Gem::Specification.new do |s|
  s.name = "kit"
  s.require_paths = ["lib", "core_ext"]
  s.add_dependency "zeitwerk", "~> 2"
  s.add_development_dependency("nokogiri")
end
"""
RUBY = {
    "Gemfile": GEMFILE,
    "kit/kit.gemspec": SPEC,
    "kit/lib/kit.rb": "module Kit\n  autoload :Deep, 'kit/deep'\nend\n",
    "kit/lib/kit/deep.rb": "module Kit\n  class Deep; end\nend\n",
    "kit/lib/json.rb": "",
    "kit/core_ext/string_more.rb": "",
    "kit/spec/spec_helper.rb": "",
    "other/lib/other.rb": "",
    "other/lib/set.rb": "",
    "app/models/user.rb": "",
    "x/lib/twice.rb": "",
    "y/lib/twice.rb": "",
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("require 'kit'", "kit/lib/kit.rb"),
        ("require 'kit/deep.rb'", "kit/lib/kit/deep.rb"),
        ("require 'string_more'", "kit/core_ext/string_more.rb"),
        ("require 'spec_helper'", "kit/spec/spec_helper.rb"),
        ("require 'json'", "kit/lib/json.rb"),
        ("require 'set'", "standard"),
        ("require 'net/http'", "standard"),
        ("require 'other'", "other/lib/other.rb"),
        ("require 'user'", "unknown"),
        ("require 'twice'", "unknown"),
        ("require 'rack/test'", "third-party Gemfile:2"),
        ("require 'active_support/core_ext'", "third-party Gemfile:4"),
        ("require 'zeitwerk'", "third-party kit/kit.gemspec:4"),
        ("require 'nokogiri'", "third-party kit/kit.gemspec:5"),
        ('require "kit/#{name}"', "unknown"),
        ("require_relative 'helper'", "kit/spec/helper.rb"),
        ("require_relative '../lib/kit'", "kit/lib/kit.rb"),
        ("require_relative 'missing'", "here"),
        ("require './helper'", "kit/spec/helper.rb"),
        ("load 'helper.rb'", "kit/spec/helper.rb"),
        ("autoload :Deep, 'kit/deep'", "kit/lib/kit/deep.rb"),
    ],
)
def test_features(statement: str, expected: str) -> None:
    """The gem around a file comes before the standard library, that before other gems of the repository."""
    texts = {**RUBY, "kit/spec/helper.rb": "", "kit/spec/a_spec.rb": f"{statement}\n"}
    assert leads(link_texts(texts), "kit/spec/a_spec.rb") == [expected]


def test_autoload_takes_a_name() -> None:
    """What is loaded late is a use of the constant."""
    links = link_texts({**RUBY, "kit/lib/main.rb": "autoload :Kit, 'kit'\n"})
    assert used(links, "kit/lib/main.rb") == ["kit/lib/kit.rb:Kit imported 1"]
