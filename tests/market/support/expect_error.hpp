// Expects an Error of a kind whose message holds every one of some words.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

#include "core/error.hpp"

namespace regimetry::market {

template <typename Body>
void expect_error(ErrorKind kind, std::initializer_list<const char*> words, Body body) {
  try {
    body();
    ADD_FAILURE() << "no error; expected one about " << *words.begin();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    for (const char* word : words) EXPECT_THAT(error.what(), testing::HasSubstr(word));
  }
}

}  // namespace regimetry::market
