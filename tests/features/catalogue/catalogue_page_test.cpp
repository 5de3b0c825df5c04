#include "features/catalogue/catalogue_page.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace regimetry::features {
namespace {

TEST(CataloguePage, TheOneInDocsIsUpToDate) {
  std::ifstream file(REGIMETRY_FEATURES_PAGE, std::ios::binary);
  const std::string stored(std::istreambuf_iterator<char>(file), {});
  EXPECT_TRUE(stored == catalogue_page()) << "docs/features.md is behind the catalogue; run 'make docs'";
}

}  // namespace
}  // namespace regimetry::features
