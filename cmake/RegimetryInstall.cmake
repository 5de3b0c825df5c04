# `cmake --install`: the binary, the rooms as libraries with their headers, and a package for find_package(regimetry).
#
#   find_package(regimetry REQUIRED)
#   target_link_libraries(my_program PRIVATE regimetry::market)

include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/regimetry)

set(library_rooms core nn models)
if(NOT REGIMETRY_NEURAL_ONLY)
  list(APPEND library_rooms market features windows embeddings neighbors regimes projection labelling report analysis)
  install(TARGETS regimetry RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  # The pinned DuckDB travels along; one of the system stays where it is.
  cmake_path(IS_PREFIX PROJECT_SOURCE_DIR "${DuckDB_LIBRARY}" NORMALIZE duckdb_is_bundled)
  if(duckdb_is_bundled)
    install(FILES ${DuckDB_LIBRARY} DESTINATION ${CMAKE_INSTALL_LIBDIR}/regimetry)
    set_target_properties(regimetry PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}/regimetry")
  endif()
endif()

# What needs libtorch, opened on demand from beside the program.
install(TARGETS regimetry_reference LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/regimetry)

foreach(room IN LISTS library_rooms)
  install(TARGETS regimetry_${room} EXPORT regimetry ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY src/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/regimetry FILES_MATCHING PATTERN "*.hpp")
endforeach()

install(EXPORT regimetry NAMESPACE regimetry:: DESTINATION ${package_folder} FILE regimetry-targets.cmake)
configure_package_config_file(cmake/regimetry-config.cmake.in ${CMAKE_BINARY_DIR}/regimetry-config.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/regimetry-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/regimetry-config.cmake ${CMAKE_BINARY_DIR}/regimetry-config-version.cmake
  DESTINATION ${package_folder})
