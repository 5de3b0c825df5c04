#include "cli/yaml_document.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <memory>
#include <new>
#include <unordered_map>

#include "core/error.hpp"

namespace regimetry::cli {
namespace {

struct ParserDeleter {
  void operator()(yaml_parser_t* parser) const noexcept {
    yaml_parser_delete(parser);
    delete parser;
  }
};

// An event of libyaml that frees itself.
class Event {
 public:
  explicit Event(const yaml_event_t& event) noexcept : event_(event) {}
  ~Event() { yaml_event_delete(&event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  [[nodiscard]] const yaml_event_t* operator->() const noexcept { return &event_; }
  [[nodiscard]] int line() const noexcept { return static_cast<int>(event_.start_mark.line) + 1; }

 private:
  yaml_event_t event_;
};

[[nodiscard]] std::string text_of(const yaml_char_t* bytes, std::size_t length) {
  return {reinterpret_cast<const char*>(bytes), length};
}

// Recursive descent over the events of one document. Recursion is bounded by kMaxYamlDepth.
class DocumentReader {
 public:
  DocumentReader(std::string_view bytes, std::string_view name) : name_(name), parser_(new yaml_parser_t{}) {
    if (yaml_parser_initialize(parser_.get()) == 0) throw std::bad_alloc();
    yaml_parser_set_input_string(parser_.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                 bytes.size());
  }

  [[nodiscard]] YamlDocument read() {
    if (next_event()->type != YAML_STREAM_START_EVENT) fail(1, "is not a YAML stream");
    if (next_event()->type == YAML_STREAM_END_EVENT) return std::move(document_);  // comments only
    read_root();
    if (next_event()->type != YAML_DOCUMENT_END_EVENT) fail(1, "holds more than one value at its top");
    const Event end = next_event();
    if (end->type != YAML_STREAM_END_EVENT) {
      fail(end.line(),
           "a second document starts here; keep one document per file and repeat --config instead");
    }
    return std::move(document_);
  }

 private:
  void read_root() {
    const Event first = next_event();
    YamlNode root = read_node(first, 1);
    if (root.kind == YamlNode::Kind::kMapping) {
      document_.root = std::move(root);
    } else if (!root.is_null()) {
      fail(root.line, "the file must hold 'key: value' lines, such as 'seed: 7'");
    }
  }

  [[noreturn]] void fail(int line, std::string_view what) const {
    throw Error(ErrorKind::kUsage, fmt::format("{}:{}: {}", name_, line, what));
  }

  [[nodiscard]] Event next_event() {
    yaml_event_t event;
    if (yaml_parser_parse(parser_.get(), &event) == 0) fail_with_parser_error();
    return Event(event);
  }

  [[noreturn]] void fail_with_parser_error() const {
    if (parser_->error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    const std::string_view problem = parser_->problem != nullptr ? parser_->problem : "unknown error";
    if (parser_->error == YAML_READER_ERROR) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("{}: is not YAML text: {} at byte {}; a settings file is UTF-8 text", name_,
                              problem, parser_->problem_offset));
    }
    const std::string_view context = parser_->context != nullptr ? parser_->context : "";
    fail(static_cast<int>(parser_->problem_mark.line) + 1,
         fmt::format("is not valid YAML: {}{}{}", context, context.empty() ? "" : ", ", problem));
  }

  void refuse_anchor(const yaml_char_t* anchor, int line) const {
    if (anchor != nullptr) fail(line, "anchors ('&name') are not supported; write the value out");
  }

  void refuse_tag(const yaml_char_t* tag, int line) const {
    if (tag == nullptr) return;
    fail(line,
         fmt::format("tags ('{}') are not supported; the setting's own type decides how its text is read",
                     reinterpret_cast<const char*>(tag)));
  }

  void count_node(int line, int depth) {
    if (depth > kMaxYamlDepth) fail(line, fmt::format("is nested deeper than {} levels", kMaxYamlDepth));
    if (++node_count_ > kMaxYamlNodes) fail(line, fmt::format("holds more than {} values", kMaxYamlNodes));
  }

  [[nodiscard]] YamlNode read_node(const Event& event, int depth) {
    count_node(event.line(), depth);
    switch (event->type) {
      case YAML_SCALAR_EVENT:
        return read_scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return read_sequence(event, depth);
      case YAML_MAPPING_START_EVENT:
        return read_mapping(event, depth);
      case YAML_ALIAS_EVENT:
        fail(event.line(), "aliases ('*name') are not supported; write the value out");
      default:
        fail(event.line(), "is not valid YAML: a value was expected");
    }
  }

  [[nodiscard]] YamlNode read_scalar(const Event& event) {
    const auto& scalar = event->data.scalar;
    refuse_anchor(scalar.anchor, event.line());
    refuse_tag(scalar.tag, event.line());
    YamlNode node;
    node.kind = YamlNode::Kind::kScalar;
    node.line = event.line();
    node.text = text_of(scalar.value, scalar.length);
    node.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node;
  }

  [[nodiscard]] YamlNode read_sequence(const Event& start, int depth) {
    refuse_anchor(start->data.sequence_start.anchor, start.line());
    refuse_tag(start->data.sequence_start.tag, start.line());
    YamlNode node;
    node.kind = YamlNode::Kind::kSequence;
    node.line = start.line();
    for (;;) {
      const Event event = next_event();
      if (event->type == YAML_SEQUENCE_END_EVENT) return node;
      node.items.push_back(read_node(event, depth + 1));
    }
  }

  [[nodiscard]] YamlNode read_mapping(const Event& start, int depth) {
    refuse_anchor(start->data.mapping_start.anchor, start.line());
    refuse_tag(start->data.mapping_start.tag, start.line());
    YamlNode node;
    node.kind = YamlNode::Kind::kMapping;
    node.line = start.line();
    std::unordered_map<std::string, int> line_of_key;
    for (;;) {
      const Event event = next_event();
      if (event->type == YAML_MAPPING_END_EVENT) return node;
      YamlEntry entry = read_entry(event, depth);
      const auto [first, is_new] = line_of_key.emplace(entry.key, entry.line);
      if (is_new) {
        node.entries.push_back(std::move(entry));
      } else {
        document_.problems.push_back(
            fmt::format("{}:{}: key '{}' stands here again, after line {}; keep one of them", name_,
                        entry.line, entry.key, first->second));
      }
    }
  }

  [[nodiscard]] YamlEntry read_entry(const Event& key_event, int depth) {
    if (key_event->type != YAML_SCALAR_EVENT) {
      fail(key_event.line(), key_event->type == YAML_ALIAS_EVENT
                                 ? "aliases ('*name') are not supported; write the value out"
                                 : "a key must be one word, as in 'seed: 7'");
    }
    const YamlNode key = read_scalar(key_event);
    if (key.text == "<<" && !key.quoted)
      fail(key.line, "merge keys ('<<') are not supported; write the values out");
    count_node(key.line, depth);
    return {key.text, key.line, read_node(next_event(), depth + 1)};
  }

  std::string name_;
  std::unique_ptr<yaml_parser_t, ParserDeleter> parser_;
  YamlDocument document_;
  std::size_t node_count_ = 0;
};

}  // namespace

bool YamlNode::is_null() const noexcept {
  if (kind != Kind::kScalar || quoted) return false;
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

YamlDocument parse_yaml(std::string_view bytes, std::string_view name) {
  if (bytes.size() > kMaxYamlBytes) {
    throw Error(ErrorKind::kUsage, fmt::format("{}: is {} bytes long; a settings file has at most {}", name,
                                               bytes.size(), kMaxYamlBytes));
  }
  return DocumentReader(bytes, name).read();
}

}  // namespace regimetry::cli
