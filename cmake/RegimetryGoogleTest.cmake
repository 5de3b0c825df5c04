# GoogleTest: the package, else its sources where Debian or `scripts/setup headers` put them; never the network.
find_package(GTest QUIET)
if(NOT TARGET GTest::gmock)
  find_path(REGIMETRY_GOOGLETEST googletest/CMakeLists.txt
            PATHS ${PROJECT_SOURCE_DIR}/.deps/googletest /usr/src/googletest NO_DEFAULT_PATH)
  if(NOT REGIMETRY_GOOGLETEST)
    message(FATAL_ERROR "GoogleTest was not found: no package, and no sources in ${PROJECT_SOURCE_DIR}/.deps/googletest "
                        "or /usr/src/googletest. Run scripts/setup, or configure with -DREGIMETRY_TESTS=OFF.")
  endif()
  set(INSTALL_GTEST OFF CACHE BOOL "")
  add_subdirectory(${REGIMETRY_GOOGLETEST} ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL SYSTEM)
  foreach(part gtest gmock gtest_main)
    if(NOT TARGET GTest::${part})
      add_library(GTest::${part} ALIAS ${part})
    endif()
  endforeach()
endif()
include(GoogleTest)
