// Runs something that must throw Error and looks at what it says.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "core/error.hpp"

namespace regimetry {

// The message, or "" (with a test failure) when nothing or something else was thrown, or the kind differs.
inline std::string message_of(ErrorKind kind, const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  } catch (const std::exception& other) {
    ADD_FAILURE() << "threw something that is not an Error: " << other.what();
    return "";
  }
  ADD_FAILURE() << "threw nothing";
  return "";
}

}  // namespace regimetry
