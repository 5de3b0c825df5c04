#include "core/atomic_file.hpp"

#include <dlfcn.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <vector>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "core/without_root_rights.hpp"

namespace {
// What the next calls of fsync() shall do; 0: the real thing. Folders and files apart, as commit() syncs
// both.
int file_sync_errno = 0;
int folder_sync_errno = 0;
int sync_count = 0;
}  // namespace

// Takes the place of the C library's in this test program: disks rarely fail when asked to.
extern "C" int fsync(int descriptor) {
  ++sync_count;
  struct stat status {};
  ::fstat(descriptor, &status);
  const int planned = S_ISDIR(status.st_mode) ? folder_sync_errno : file_sync_errno;
  if (planned != 0) {
    errno = planned;
    return -1;
  }
  static auto* const real = reinterpret_cast<int (*)(int)>(::dlsym(RTLD_NEXT, "fsync"));
  return real(descriptor);
}

namespace regimetry {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class PlannedSyncFailure {
 public:
  PlannedSyncFailure(int for_files, int for_folders) {
    file_sync_errno = for_files;
    folder_sync_errno = for_folders;
  }
  ~PlannedSyncFailure() { file_sync_errno = folder_sync_errno = 0; }
  PlannedSyncFailure(const PlannedSyncFailure&) = delete;
  PlannedSyncFailure& operator=(const PlannedSyncFailure&) = delete;
};

::mode_t permissions_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST(AtomicFile, WritesExactlyTheBytesAndLeavesNothingElse) {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\r\n\xff", 6);
  write_file_atomically(folder / "x.bin", bytes);
  EXPECT_EQ(TemporaryFolder::read(folder / "x.bin"), bytes);
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(AtomicFile, WritesAnEmptyFile) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "empty", "");
  EXPECT_TRUE(fs::is_empty(folder / "empty"));
}

TEST(AtomicFile, WorksForANameWithoutFolder) {
  const TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  write_file_atomically("plain.txt", "here");
  fs::current_path(before);
  EXPECT_EQ(TemporaryFolder::read(folder / "plain.txt"), "here");
}

TEST(AtomicFile, SyncsTheFileAndItsFolder) {
  const TemporaryFolder folder;
  sync_count = 0;
  write_file_atomically(folder / "x", "1");
  EXPECT_EQ(sync_count, 2);
}

TEST(AtomicFile, ShowsTheOldContentUntilCommit) {
  const TemporaryFolder folder;
  folder.write("x", "old");
  AtomicFile file(folder / "x");
  EXPECT_EQ(folder.file_count(), 1) << "the constructor creates no file";
  EXPECT_EQ(file.temporary_path().parent_path(), folder.path())
      << "rename is atomic only within one file system";
  EXPECT_THAT(file.temporary_path().filename().string(),
              testing::MatchesRegex("\\.x\\." + std::to_string(::getpid()) + "\\.[0-9]+\\.tmp"));
  folder.write(file.temporary_path().filename().string(), "new");
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "old");
  file.commit();
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "new");
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(AtomicFile, RemovesTheTemporaryWhenNotCommitted) {
  const TemporaryFolder folder;
  folder.write("x", "old");
  {
    const AtomicFile file(folder / "x");
    folder.write(file.temporary_path().filename().string(), "half");
    EXPECT_EQ(folder.file_count(), 2);
  }
  EXPECT_EQ(folder.file_count(), 1);
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "old");
}

TEST(AtomicFile, GivesEachWriterItsOwnTemporary) {
  const TemporaryFolder folder;
  const AtomicFile first(folder / "x"), second(folder / "x");
  EXPECT_NE(first.temporary_path(), second.temporary_path());
}

TEST(AtomicFile, SteersClearOfALeftoverOfTheSameName) {
  const TemporaryFolder folder;
  const AtomicFile probe(folder / "x");
  const std::string name = probe.temporary_path().filename().string();
  const std::size_t number_at = std::to_string(::getpid()).size() + 4;  // ".x." + pid + "."
  const int number = std::stoi(name.substr(number_at));
  const std::string next = name.substr(0, number_at) + std::to_string(number + 1) + ".tmp";
  folder.write(next, "of a crashed process with our id");
  write_file_atomically(folder / "x", "new");
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "new");
  EXPECT_EQ(TemporaryFolder::read(folder / next), "of a crashed process with our id");
}

TEST(AtomicFile, TakesTheLongestNameTheFolderCanHold) {
  const TemporaryFolder folder;
  const std::string longest(255, 'n');
  write_file_atomically(folder / longest, "long");
  EXPECT_EQ(TemporaryFolder::read(folder / longest), "long");
}

TEST(AtomicFile, KeepsThePermissionsOfTheFileItReplaces) {
  const TemporaryFolder folder;
  folder.write("x", "old");
  for (const ::mode_t mode : {0640U, 0600U, 0666U, 0755U}) {
    ::chmod((folder / "x").c_str(), mode);
    write_file_atomically(folder / "x", "new");
    EXPECT_EQ(permissions_of(folder / "x"), mode);
  }
}

TEST(AtomicFile, GivesANewFileThePermissionsOfTheUmask) {
  const TemporaryFolder folder;
  const ::mode_t before = ::umask(027);
  write_file_atomically(folder / "strict", "x");
  ::umask(0);
  write_file_atomically(folder / "open", "x");
  ::umask(before);
  EXPECT_EQ(permissions_of(folder / "strict"), 0640U);
  EXPECT_EQ(permissions_of(folder / "open"), 0666U);
}

TEST(AtomicFile, KeepsTheOwnerWhenItMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files away";
  const TemporaryFolder folder;
  folder.write("x", "old");
  if (::chown((folder / "x").c_str(), 65534, 65534) != 0) GTEST_SKIP() << "this root may not give files away";
  write_file_atomically(folder / "x", "new");
  struct stat status {};
  ASSERT_EQ(::stat((folder / "x").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 65534U);
  EXPECT_EQ(status.st_gid, 65534U);
}

TEST(AtomicFile, ReplacesWhatALinkPointsToAndKeepsTheLink) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "real");
  folder.write("real/data", "old");
  fs::create_symlink("real/data", folder / "link");
  fs::create_symlink(folder / "link", folder / "link_to_link");
  write_file_atomically(folder / "link_to_link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_TRUE(fs::is_symlink(folder / "link_to_link"));
  EXPECT_EQ(TemporaryFolder::read(folder / "real/data"), "new");
}

TEST(AtomicFile, CreatesWhatADanglingLinkPointsTo) {
  const TemporaryFolder folder;
  fs::create_symlink("not_yet", folder / "link");
  write_file_atomically(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(TemporaryFolder::read(folder / "not_yet"), "new");
}

TEST(AtomicFile, RefusesALinkThatLeadsBackToItself) {
  const TemporaryFolder folder;
  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  const std::string message =
      message_of(ErrorKind::kUsage, [&] { write_file_atomically(folder / "a", "x"); });
  EXPECT_THAT(message, HasSubstr("/a: is a link that leads back to itself"));
}

TEST(AtomicFile, NamesTheMissingFolder) {
  const TemporaryFolder folder;
  const fs::path missing = folder / "no/such";
  const std::string message = message_of(ErrorKind::kUsage, [&] { AtomicFile(missing / "x"); });
  EXPECT_THAT(message, HasSubstr("the folder '" + missing.string() + "' does not exist"));
  EXPECT_THAT(message, HasSubstr("mkdir -p"));
}

TEST(AtomicFile, RefusesAFileInPlaceOfTheFolder) {
  const TemporaryFolder folder;
  folder.write("file", "x");
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / "file/x"); }), HasSubstr("file"));
}

TEST(AtomicFile, RefusesATargetThatIsNotARegularFile) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "sub");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / "sub"); }), HasSubstr("is a folder"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / "sub/"); }),
              HasSubstr("names a folder"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / ".."); }), HasSubstr("names a folder"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / "pipe"); }),
              HasSubstr("pipe or a device"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile("/dev/null"); }), HasSubstr("pipe or a device"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { AtomicFile(""); }), HasSubstr("empty"));
}

TEST(AtomicFile, RefusesAFolderThatCannotBeWrittenTo) {
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0555);
  std::string message;
  {
    const WithoutRootRights rights;
    ASSERT_TRUE(rights.worked());
    message = message_of(ErrorKind::kUsage, [&] { AtomicFile(folder / "x"); });
  }
  ::chmod(folder.path().c_str(), 0755);
  EXPECT_THAT(message, HasSubstr("cannot be written to"));
}

TEST(AtomicFile, RefusesAWriteProtectedFile) {
  const TemporaryFolder folder;
  folder.write("x", "precious");
  ::chmod((folder / "x").c_str(), 0444);
  ::chmod(folder.path().c_str(), 0777);
  std::string message;
  {
    const WithoutRootRights rights;
    ASSERT_TRUE(rights.worked());
    message = message_of(ErrorKind::kUsage, [&] { write_file_atomically(folder / "x", "new"); });
  }
  EXPECT_THAT(message, HasSubstr("is write-protected"));
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "precious");
}

TEST(AtomicFile, KeepsTheOldContentWhenTheFileGrowsTooLarge) {
  const TemporaryFolder folder;
  folder.write("x", "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{.rlim_cur = 1000, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message =
      message_of(ErrorKind::kInternal, [&] { write_file_atomically(folder / "x", std::string(5000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, old_handler);
  EXPECT_THAT(message, HasSubstr("ulimit -f"));
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "old");
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(AtomicFile, SaysThatTheDiskIsFull) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0)
    GTEST_SKIP() << "mounting is not allowed";
  folder.write("x", "old");
  const std::string message = message_of(
      ErrorKind::kInternal, [&] { write_file_atomically(folder / "x", std::string(1 << 20, 'x')); });
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "old");
  EXPECT_EQ(folder.file_count(), 1);
  EXPECT_EQ(::umount(folder.path().c_str()), 0);
  EXPECT_THAT(message, HasSubstr("the disk is full"));
}

TEST(AtomicFile, KeepsTheOldContentWhenSyncingFails) {
  const TemporaryFolder folder;
  folder.write("x", "old");
  const PlannedSyncFailure failure(/*for_files=*/ENOSPC, /*for_folders=*/0);
  const std::string message =
      message_of(ErrorKind::kInternal, [&] { write_file_atomically(folder / "x", "new"); });
  EXPECT_THAT(message, HasSubstr("/x: could not be written: syncing to disk: the disk is full"));
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "old");
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(AtomicFile, SaysWhenTheNewNameMayNotSurviveAPowerCut) {
  const TemporaryFolder folder;
  const PlannedSyncFailure failure(/*for_files=*/0, /*for_folders=*/EIO);
  const std::string message =
      message_of(ErrorKind::kInternal, [&] { write_file_atomically(folder / "x", "new"); });
  EXPECT_THAT(message, HasSubstr("power cut"));
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "new");
}

TEST(AtomicFile, AcceptsAFileSystemThatCannotSyncFolders) {
  const TemporaryFolder folder;
  const PlannedSyncFailure failure(/*for_files=*/0, /*for_folders=*/EINVAL);
  write_file_atomically(folder / "x", "new");
  EXPECT_EQ(TemporaryFolder::read(folder / "x"), "new");
}

TEST(AtomicFile, CannotBeCommittedWithoutContentOrTwice) {
  const TemporaryFolder folder;
  AtomicFile never_written(folder / "x");
  EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { never_written.commit(); }), HasSubstr("temporary file"));
  AtomicFile file(folder / "y");
  folder.write(file.temporary_path().filename().string(), "new");
  file.commit();
  EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { file.commit(); }), HasSubstr("already committed"));
  EXPECT_EQ(TemporaryFolder::read(folder / "y"), "new");
}

TEST(RemovePendingFiles, DeletesWhatIsNotCommittedAndNothingElse) {
  const TemporaryFolder folder;
  const AtomicFile half(folder / "half"), unborn(folder / "unborn");
  folder.write(half.temporary_path().filename().string(), "half");
  write_file_atomically(folder / "whole", "whole");
  EXPECT_EQ(remove_pending_files(), 1);
  EXPECT_EQ(folder.file_count(), 1);
  EXPECT_EQ(TemporaryFolder::read(folder / "whole"), "whole");
  EXPECT_EQ(remove_pending_files(), 0);
}

TEST(RemovePendingFiles, LeavesTheFilesOfTheParentProcess) {
  const TemporaryFolder folder;
  const AtomicFile file(folder / "x");
  folder.write(file.temporary_path().filename().string(), "the parent writes");
  const ::pid_t child = ::fork();
  if (child == 0) ::_exit(remove_pending_files());
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(AtomicFile, LastWriterWinsWholeWhenManyWriteAtOnce) {
  const TemporaryFolder folder;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j)
        write_file_atomically(folder / "x", std::string(1000, static_cast<char>('a' + i)));
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string bytes = TemporaryFolder::read(folder / "x");
  ASSERT_EQ(bytes.size(), 1000U);
  EXPECT_EQ(bytes, std::string(1000, bytes[0]));
  EXPECT_EQ(folder.file_count(), 1);
}

TEST(ReadFile, GivesTheBytesAsTheyAre) {
  const TemporaryFolder folder;
  const std::string bytes("\xef\xbb\xbf\0\r\n", 6);
  EXPECT_EQ(read_file(folder.write("x", bytes)), bytes);
  EXPECT_EQ(read_file(folder.write("empty", "")), "");
  const std::string large(200'000, 'x');
  EXPECT_EQ(read_file(folder.write("large", large)), large);
}

TEST(ReadFile, ReadsFilesThatDoNotKnowTheirSize) {
  EXPECT_THAT(read_file("/proc/self/status"), HasSubstr("Pid:"));
}

TEST(ReadFile, RefusesMoreThanTheLimit) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("x", "12345");
  EXPECT_EQ(read_file(path, 5), "12345");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = read_file(path, 4); }),
              HasSubstr("more than the 4 bytes"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = read_file("/proc/self/status", 4); }),
              HasSubstr("more than the 4 bytes"));
}

}  // namespace
}  // namespace regimetry
