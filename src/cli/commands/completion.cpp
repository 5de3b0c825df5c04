// regimetry completion bash|zsh: the script that completes commands, flags and words in that shell.
#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/completion_script.hpp"
#include "core/error.hpp"

namespace regimetry::cli {
namespace {

class CompletionCommand final : public MetaCommand {
 public:
  [[nodiscard]] std::string_view name() const override { return "completion"; }
  [[nodiscard]] std::string_view summary() const override {
    return "print the completion script of bash or zsh";
  }
  [[nodiscard]] std::string help() const override {
    return "regimetry completion: print the completion script of bash or zsh\n\n"
           "  regimetry completion bash|zsh\n\n"
           "bash, for this shell and, added to ~/.bashrc, for those to come:\n"
           "  source <(regimetry completion bash)\n"
           "zsh, into a folder that fpath names:\n"
           "  regimetry completion zsh > ~/.zfunc/_regimetry\n";
  }
  [[nodiscard]] std::vector<std::string> argument_words() const override { return {"bash", "zsh"}; }

  int run(const ProgramView& program, std::span<const std::string> words) override {
    if (words.size() == 1 && words.front() == "bash") {
      program.output.write(bash_completion(program));
    } else if (words.size() == 1 && words.front() == "zsh") {
      program.output.write(zsh_completion(program));
    } else {
      throw Error(ErrorKind::kUsage,
                  "completion: needs one shell; write 'regimetry completion bash' or 'zsh'");
    }
    return 0;
  }
};

}  // namespace

std::unique_ptr<MetaCommand> make_completion_command() {
  return std::make_unique<CompletionCommand>();
}

}  // namespace regimetry::cli
