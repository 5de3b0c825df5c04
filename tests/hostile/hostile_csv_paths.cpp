#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstring>
#include <stdexcept>
#include <utility>

#include "hostile/hostile_files.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

namespace fs = std::filesystem;

HostileCase path_case(std::string name, std::string description, std::string file_name,
                      Expectation expectation, std::function<void(const fs::path&)> make) {
  return {std::move(name),      std::move(description), Format::kMarket,
          std::move(file_name), std::move(expectation), std::move(make)};
}

HostileCase packed_case(std::string name, std::string description, std::string file_name,
                        Expectation expectation, std::string bytes) {
  return bytes_case(Format::kMarket, std::move(name), std::move(description), std::move(file_name),
                    std::move(expectation), std::move(bytes));
}

// One gzip member (RFC 1952) made with zlib.
std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

void make_pipe(const fs::path& path) {
  if (::mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
}

void make_socket(const fs::path& path) {
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("bind");
  }
  ::close(listener);
}

void make_sparse(const fs::path& path, std::string_view start, std::uintmax_t size) {
  write_bytes(path, start);
  fs::resize_file(path, size);
}

void add_kinds_of_file(HostileCases& cases) {
  cases.push_back(path_case("missing", "no file at all", "x.csv", fails(), [](const fs::path&) {}));
  cases.push_back(
      path_case("missing_folder", "the folder does not exist", "no/x.csv", fails(), [](const fs::path&) {}));
  cases.push_back(path_case("empty_folder", "an empty folder called x.csv", "x.csv", fails(),
                            [](const fs::path& path) { fs::create_directory(path); }));
  cases.push_back(path_case("folder_of_others", "a folder with files that are not market data", "x.csv",
                            fails(), [](const fs::path& path) {
                              fs::create_directory(path);
                              write_bytes(path / "notes.doc", "hello");
                            }));
  cases.push_back(path_case("below_a_file", "a path below a regular file", "f/x.csv", fails(),
                            [](const fs::path& path) { write_bytes(path.parent_path(), plain_table()); }));
  cases.push_back(path_case("slash_at_end", "a regular file named with a slash at the end", "x.csv/", fails(),
                            [](const fs::path& path) { write_bytes(path.parent_path(), plain_table()); }));
  cases.push_back(path_case("unreadable", "a file without read permission (root reads it all the same)",
                            "x.csv", fails_or(plain_bars()), [](const fs::path& path) {
                              write_bytes(path, plain_table());
                              fs::permissions(path, fs::perms::none);
                            }));
  cases.push_back(path_case("dangling_link", "a link to nothing", "x.csv", fails(),
                            [](const fs::path& path) { fs::create_symlink("nowhere.csv", path); }));
  cases.push_back(path_case("link_loop", "a link to itself", "x.csv", fails(),
                            [](const fs::path& path) { fs::create_symlink("x.csv", path); }));
  cases.push_back(path_case("pipe", "a pipe nobody writes to", "x.csv", fails(), make_pipe));
  cases.push_back(path_case("pipe_packed", "a pipe called .csv.gz", "x.csv.gz", fails(), make_pipe));
  cases.push_back(path_case("pipe_parquet", "a pipe called .parquet", "x.parquet", fails(), make_pipe));
  cases.push_back(path_case("pipe_in_folder", "a folder whose only file is a pipe", "d.csv", fails(),
                            [](const fs::path& path) {
                              fs::create_directory(path);
                              make_pipe(path / "x.csv");
                            }));
  cases.push_back(path_case("socket", "a socket", "x.csv", fails(), make_socket));
  cases.push_back(path_case("dev_zero", "a link to /dev/zero, which never ends", "x.csv", fails(),
                            [](const fs::path& path) { fs::create_symlink("/dev/zero", path); }));
  cases.push_back(path_case("dev_null", "a link to /dev/null", "x.csv", fails(),
                            [](const fs::path& path) { fs::create_symlink("/dev/null", path); }));
  cases.push_back(path_case("sparse_zeros", "100 GB of zero bytes (a file with holes)", "x.csv", fails(),
                            [](const fs::path& path) { make_sparse(path, "", 100'000'000'000); }));
  cases.push_back(path_case("sparse_parquet", "100 GB of zero bytes after PAR1", "x.parquet", fails(),
                            [](const fs::path& path) { make_sparse(path, "PAR1", 100'000'000'000); }));
}

void add_odd_names(HostileCases& cases) {
  const std::vector<std::pair<std::string, std::string>> names{
      {"name_with_quote", "x'; DROP TABLE bars;--.csv"},
      {"name_with_double_quote", "x\"y.csv"},
      {"name_with_blanks", "my prices (1).csv"},
      {"name_with_dash", "-rf.csv"},
      {"name_with_umlaut", "Kurs\xc3\xa4nderung.csv"},
      {"name_with_dollar", "$HOME`id`.csv"},
      {"name_with_percent", "%s%n%d.csv"},
      {"name_with_braces", "{}{0}.csv"},
      {"name_very_long", std::string(251, 'n') + ".csv"},
      {"name_in_upper_case", "X.CSV"}};
  for (const auto& [name, file_name] : names) {
    cases.push_back(packed_case(name, "a right table in a file with an odd name", file_name,
                                gives(plain_bars()), plain_table()));
  }
  const std::vector<std::pair<std::string, std::string>> doubtful{
      {"name_with_brackets", "x[1].csv"},       {"name_with_star", "x*.csv"},
      {"name_with_newline", "x\ny.csv"},        {"name_not_utf8", "x\xff.csv"},
      {"name_with_escape", "x\x1b[2J.csv"},     {"name_without_extension", "prices"},
      {"name_of_other_extension", "prices.dat"}};
  for (const auto& [name, file_name] : doubtful) {
    cases.push_back(packed_case(name, "a right table in a file whose name means something else", file_name,
                                fails_or(plain_bars()), plain_table()));
  }
}

void add_packed_files(HostileCases& cases) {
  const std::string packed = gzip(plain_table());
  const std::string zst = zstd(plain_table());
  cases.push_back(
      packed_case("gzip_right", "a right table, packed", "x.csv.gz", gives(plain_bars()), packed));
  cases.push_back(packed_case("zstd_right", "a right table, packed", "x.csv.zst", gives(plain_bars()), zst));
  cases.push_back(packed_case("gzip_half", "half of a gzip file", "x.csv.gz", fails(),
                              packed.substr(0, packed.size() / 2)));
  cases.push_back(packed_case("gzip_without_end", "gzip without its checksum", "x.csv.gz", fails(),
                              packed.substr(0, packed.size() - 8)));
  cases.push_back(
      packed_case("gzip_header_only", "ten bytes of gzip", "x.csv.gz", fails(), packed.substr(0, 10)));
  cases.push_back(packed_case("gzip_empty", "an empty .csv.gz", "x.csv.gz", fails(), ""));
  cases.push_back(packed_case("gzip_of_nothing", "gzip of no bytes", "x.csv.gz", fails(), gzip("")));
  std::string wrong_sum = packed;
  wrong_sum[wrong_sum.size() - 6] ^= 1;
  cases.push_back(packed_case("gzip_wrong_checksum", "gzip whose checksum does not match", "x.csv.gz",
                              fails(), wrong_sum));
  std::string damaged = packed;
  damaged[packed.size() / 2] ^= 0x55;
  cases.push_back(packed_case("gzip_damaged", "gzip with a changed byte", "x.csv.gz", fails(), damaged));
  cases.push_back(packed_case("gzip_then_garbage", "gzip and more bytes after it", "x.csv.gz",
                              fails_or(plain_bars()), packed + "garbage"));
  cases.push_back(packed_case("gzip_two_members", "a table cut in the middle of a number into two members",
                              "x.csv.gz", fails_or(plain_bars()),
                              gzip(plain_table().substr(0, 200)) + gzip(plain_table().substr(200))));
  cases.push_back(
      packed_case("gzip_twice", "gzip within gzip", "x.csv.gz", fails_or(plain_bars()), gzip(packed)));
  cases.push_back(
      packed_case("gzip_called_csv", "gzip without the ending .gz", "x.csv", fails_or(plain_bars()), packed));
  cases.push_back(packed_case("csv_called_gzip", "plain text called .gz", "x.csv.gz", fails_or(plain_bars()),
                              plain_table()));
  cases.push_back(
      packed_case("zstd_half", "half of a zstd file", "x.csv.zst", fails(), zst.substr(0, zst.size() / 2)));
  cases.push_back(packed_case("zstd_garbage", "zstd's first four bytes, then garbage", "x.csv.zst", fails(),
                              zst.substr(0, 4) + random_bytes(1, 500)));
  cases.push_back(packed_case("zstd_empty", "an empty .csv.zst", "x.csv.zst", fails(), ""));
  cases.push_back(
      packed_case("zstd_called_gzip", "zstd called .gz", "x.csv.gz", fails_or(plain_bars()), zst));
  cases.push_back(
      packed_case("gzip_called_zstd", "gzip called .zst", "x.csv.zst", fails_or(plain_bars()), packed));
  cases.push_back(packed_case("csv_called_zstd", "plain text called .zst", "x.csv.zst",
                              fails_or(plain_bars()), plain_table()));
  const auto bomb = [&](std::string name, std::string file_name, auto pack, char filling, std::size_t size) {
    cases.push_back(lazy_case(Format::kMarket, std::move(name),
                              "a small file that unpacks to many equal bytes", std::move(file_name), fails(),
                              [=] { return pack(std::string(size, filling)); }));
  };
  bomb("gzip_bomb_zeros", "x.csv.gz", gzip, '\0', 50'000'000);
  bomb("gzip_bomb_digits", "x.csv.gz", gzip, '1', 50'000'000);
  bomb("gzip_bomb_lines", "x.csv.gz", gzip, '\n', 50'000'000);
  bomb("zstd_bomb_zeros", "x.csv.zst", zstd, '\0', 200'000'000);
  bomb("zstd_bomb_commas", "x.csv.zst", zstd, ',', 50'000'000);
}

}  // namespace

HostileCases csv_path_cases() {
  HostileCases cases;
  add_kinds_of_file(cases);
  add_odd_names(cases);
  add_packed_files(cases);
  return cases;
}

}  // namespace regimetry::hostile
