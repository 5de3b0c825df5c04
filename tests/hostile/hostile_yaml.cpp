#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "hostile/hostile_files.hpp"

namespace regimetry::hostile {
namespace {

using namespace std::string_literals;

class Collection {
 public:
  void add(std::string name, std::string description, std::string bytes, Expectation expectation = fails()) {
    cases_.push_back(bytes_case(Format::kYaml, std::move(name), std::move(description), "x.yaml",
                                std::move(expectation), std::move(bytes)));
  }
  void add_lazy(std::string name, std::string description, std::function<std::string()> bytes,
                Expectation expectation = fails()) {
    cases_.push_back(lazy_case(Format::kYaml, std::move(name), std::move(description), "x.yaml",
                               std::move(expectation), std::move(bytes)));
  }
  void push(HostileCase hostile) { cases_.push_back(std::move(hostile)); }
  HostileCases take() { return std::move(cases_); }

 private:
  HostileCases cases_;
};

void add_dangers(Collection& out) {
  out.add("right", "a right file", "seed: 7\nthreads: 2\nsimulate:\n  bars: 100\n", loads());
  out.add("anchor", "an anchor", "seed: &a 7\n");
  out.add("alias", "an alias", "a: &x 7\nseed: *x\n");
  out.add("alias_unknown", "an alias without anchor", "seed: *nothing\n");
  out.add("alias_of_itself", "a list that contains itself", "seed: &a [*a]\n");
  out.add("alias_as_key", "an alias as key", "a: &x seed\n*x : 7\n");
  out.add("alias_bomb", "the billion laughs", [] {
    std::string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 10; ++i)
      text += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i,
                          i - 1);
    return text;
  }());
  out.add("alias_map_bomb", "the billion laughs with maps", [] {
    std::string text = "a0: &a0 {x: lol}\n";
    for (int i = 1; i < 30; ++i) text += fmt::format("a{0}: &a{0} {{x: *a{1}, y: *a{1}}}\n", i, i - 1);
    return text;
  }());
  out.add("merge_key", "a merge key", "base: {seed: 7}\n<<: {threads: 2}\n");
  out.add("tag_python", "a tag that would run code", "seed: !!python/object/apply:os.system ['true']\n");
  out.add("tag_local", "a tag of one's own", "seed: !secret 7\n");
  out.add("tag_standard", "a standard tag", "seed: !!int '7'\n");
  out.add("tag_binary", "a binary tag", "seed: !!binary aGVsbG8=\n");
  out.add("tag_unknown_handle", "a tag with an undeclared handle", "seed: !e!x 7\n");
  out.add("tag_directive", "a tag directive", "%TAG !e! tag:example.com,2000:\n---\nseed: !e!x 7\n");
  out.add("version_directive", "YAML 9.9", "%YAML 9.9\n---\nseed: 7\n");
  out.add("directive_unknown", "an unknown directive and no document", "%FOO bar\n");
  out.add("two_documents", "two documents", "seed: 7\n---\nseed: 8\n");
}

void add_structure(Collection& out) {
  out.add("key_twice", "a key twice", "seed: 7\nseed: 8\n");
  out.add("key_twice_below", "a key twice in a section", "simulate:\n  bars: 1\n  bars: 2\n");
  out.add("section_twice", "a section twice", "simulate:\n  bars: 1\nsimulate:\n  bars: 2\n");
  out.add("key_twice_quoted", "a key twice, once in quotes", "seed: 7\n\"seed\": 8\n");
  out.add("key_list", "a list as key", "[a, b]: 7\n");
  out.add("key_map", "a map as key", "{a: b}: 7\n");
  out.add("key_question", "a key of many lines", "? - a\n  - b\n: 7\n");
  out.add("root_list", "a list in place of a map", "- seed: 7\n");
  out.add("root_text", "a text in place of a map", "just some words\n");
  out.add("root_number", "a number in place of a map", "7\n");
  out.add("tab_indent", "a tab as indentation", "simulate:\n\tbars: 100\n");
  out.add("indent_wrong", "indentation that fits no level", "simulate:\n    bars: 1\n  seed: 2\n");
  out.add("colon_missing", "a line without colon", "seed: 7\nthreads 2\n");
  out.add("value_with_colon", "two colons in a line", "seed: 7: 8\n");
  out.add("flow_open", "a flow map that does not end", "simulate: {bars: 100\n");
  out.add("flow_list_open", "a flow list that does not end", "simulate: [1, 2\n");
  out.add("flow_closed_wrong", "a flow list closed as a map", "simulate: [1, 2}\n");
  out.add("flow_closed_twice", "a bracket too many", "simulate: [1, 2]]\n");
  out.add("quote_open", "a quote that does not end", "seed: \"7\n");
  out.add("single_quote_open", "a single quote that does not end", "seed: '7\n");
  out.add("escape_unknown", "an unknown escape", "seed: \"\\q\"\n");
  out.add("escape_beyond", "an escape beyond Unicode", "seed: \"\\U00110000\"\n");
  out.add("escape_surrogate", "an escape of half a pair", "seed: \"\\ud800\"\n");
  out.add("at_sign", "a value that begins with a reserved sign", "seed: @7\n");
  out.add("backtick", "a value that begins with a backtick", "seed: `7`\n");
  out.add("percent_value", "a percent sign where a directive would stand", "%seed: 7\n");
}

void add_bytes(Collection& out) {
  out.add("nul_within", "a NUL byte", "seed: 7\0threads: 2\n"s);
  out.add("nul_only", "NUL bytes", std::string(1000, '\0'));
  out.add("control", "a control character", "seed: \x01\n");
  out.add("escape", "a sequence that repaints the terminal", "\x1b[2J: 7\n");
  out.add("delete", "the delete character", "seed: \x7f\n");
  out.add("not_utf8", "bytes that are not UTF-8", "seed: \xff\xfe\n");
  out.add("overlong", "overlong UTF-8", "seed: \xc0\x80\n");
  out.add("surrogate_utf8", "half a pair as UTF-8", "seed: \xed\xa0\x80\n");
  out.add("utf8_cut", "UTF-8 cut short", "seed: \xe2\x82");
  out.add("latin1", "Latin-1", "symbol: M\xfcnchen\n");
  out.add("utf16_odd", "UTF-16 with half a character", "\xff\xfes\0e\0e\0d\0:\0 \0\x37"s);
  out.add("utf16_surrogate", "UTF-16 with half a pair", "\xff\xfes\0:\0 \0\0\xd8\n\0"s);
  out.add("binary", "random bytes", random_bytes(51, 5000));
  out.add("png", "a picture", "\x89PNG\r\n\x1a\n"s + random_bytes(52, 500));
  out.add("json", "JSON that breaks off", R"({"seed": 7, "simulate": {"bars": )");
  out.add("html", "a web page", "<!DOCTYPE html>\n<html>\n<body>404: Not Found</body>\n</html>\n");
}

void add_sizes(Collection& out) {
  out.add("deep_flow_lists", "200,000 brackets", repeated("[", 200'000));
  out.add("deep_flow_in_key", "100,000 brackets below a key",
          "seed: " + repeated("[", 100'000) + repeated("]", 100'000));
  out.add("deep_flow_maps", "50,000 braces", repeated("{a: ", 50'000));
  out.add("deep_blocks", "1000 levels of indentation", [] {
    std::string text;
    for (std::size_t i = 0; i < 1000; ++i) text += std::string(i, ' ') + "a:\n";
    return text;
  }());
  out.add("deep_dashes", "100,000 lists in lists on one line", repeated("- ", 100'000));
  out.add("deep_questions", "100,000 keys of keys", repeated("? ", 100'000));
  out.add("seventeen_levels", "one level more than is allowed", [] {
    std::string text;
    for (std::size_t i = 0; i < 17; ++i) text += std::string(2 * i, ' ') + "a:\n";
    return text + std::string(34, ' ') + "a: 1\n";
  }());
  out.add_lazy("scalar_of_10_mb", "a value of 10 MB",
               [] { return "seed: " + std::string(10'000'000, '7') + "\n"; });
  out.add_lazy("key_of_10_mb", "a key of 10 MB", [] { return std::string(10'000'000, 'k') + ": 7\n"; });
  out.add_lazy("comment_of_10_mb", "a comment of 10 MB",
               [] { return "# " + std::string(10'000'000, 'c') + "\nseed: 7\n"; });
  out.add_lazy("lines_of_10_mb", "10 MB of keys", [] {
    std::string text;
    for (int i = 0; text.size() < 10'000'000; ++i) text += fmt::format("key{}: {}\n", i, i);
    return text;
  });
  out.add_lazy("many_values", "more values than are allowed in 1 MB",
               [] { return "seed: [" + repeated("1,", 150'000) + "1]\n"; });
  out.add_lazy("many_quotes", "a megabyte of quotes",
               [] { return "seed: " + std::string(1'000'001, '\'') + "\n"; });
  out.add_lazy("many_colons", "half a megabyte of colons", [] { return repeated("a: ", 170'000) + "\n"; });
  out.add_lazy("one_twice_among_many", "50,000 keys, one of them twice", [] {
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += fmt::format("k{}: 1\n", i);
    return text + "k123: 2\n";
  });
  out.push({"folder", "a folder called x.yaml", Format::kYaml, "x.yaml", fails(),
            [](const auto& path) { std::filesystem::create_directory(path); }});
  out.push({"missing", "no file", Format::kYaml, "x.yaml", fails(), [](const auto&) {}});
  out.push({"dev_zero", "a link to /dev/zero", Format::kYaml, "x.yaml", fails(),
            [](const auto& path) { std::filesystem::create_symlink("/dev/zero", path); }});
  out.push({"pipe", "a pipe nobody writes to", Format::kYaml, "x.yaml", fails(),
            [](const auto& path) { ::mkfifo(path.c_str(), 0600); }});
  out.push({"sparse", "100 GB of zero bytes (a file with holes)", Format::kYaml, "x.yaml", fails(),
            [](const auto& path) {
              write_bytes(path, "");
              std::filesystem::resize_file(path, 100'000'000'000);
            }});
}

}  // namespace

HostileCases yaml_cases() {
  Collection out;
  add_dangers(out);
  add_structure(out);
  add_bytes(out);
  add_sizes(out);
  return out.take();
}

}  // namespace regimetry::hostile
