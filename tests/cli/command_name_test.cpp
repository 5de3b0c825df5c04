#include "cli/command_name.hpp"

#include <gtest/gtest.h>

namespace regimetry::cli {
namespace {

TEST(CommandName, OfTwoWordsIsAGroupAndAVerb) {
  EXPECT_EQ(group_of("audit lookahead"), "audit");
  EXPECT_EQ(verb_of("audit lookahead"), "lookahead");
  EXPECT_EQ(section_key("audit lookahead"), "audit_lookahead");
}

TEST(CommandName, OfOneWordHasNoGroup) {
  EXPECT_EQ(group_of("ingest"), "");
  EXPECT_EQ(verb_of("ingest"), "ingest");
  EXPECT_EQ(section_key("show-config"), "show_config");
}

}  // namespace
}  // namespace regimetry::cli
