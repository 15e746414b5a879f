using Sigma.Archive.Logs;

namespace Sigma.UnitTests.Archive.Logs;

/// <summary>What a process that is killed while it writes leaves behind, at any byte.</summary>
public sealed class Writes_that_are_broken_off
{
    const string File = "routine-20261120.db", Log = File + "-wal";

    [Fact]
    public async Task Leave_what_was_acknowledged_and_what_comes_again_is_kept_once()
    {
        await using LogFolder written = new();
        await written.Put(LogFolder.Line("acknowledged"));
        var before = Bytes(written, Log);
        LinesToStore brokenOff = new(Guid.NewGuid(), [.. Enumerable.Range(0, 200).Select(line => LogFolder.Line($"broken off {line}"))]);
        await written.Store.Store(brokenOff, CancellationToken.None);
        var (file, after) = (Bytes(written, File), Bytes(written, Log));
        Assert.True(after.Length > before.Length);

        // As far as it came: nothing of it, a part of its first page, most of it, all but its last byte, all of it.
        foreach (var length in (int[])[before.Length, before.Length + 100, (before.Length + after.Length) / 2, after.Length - 1, after.Length])
        {
            await using LogFolder left = new();
            await System.IO.File.WriteAllBytesAsync(Path.Combine(left.Path, File), file);
            await System.IO.File.WriteAllBytesAsync(Path.Combine(left.Path, Log), after[..length]);
            await left.Restart();

            var found = await left.Find("");
            Assert.Contains(found, line => line.Line.Text == "acknowledged");
            Assert.Equal(length == after.Length ? 201 : 1, found.Count); // whole, or not at all
            await left.Store.Store(brokenOff, CancellationToken.None); // as the message that comes again
            await left.Put(LogFolder.Line("new"));
            Assert.Equal(202, (await left.Texts("")).Distinct().Count());
            Assert.Equal(202, (await left.Find("")).Count);
            Assert.Empty(Directory.GetFiles(left.Path, "*.corrupt-*"));
        }
    }

    [Fact]
    public async Task Leave_no_file_that_new_lines_cannot_go_into()
    {
        // Killed between making the file and its tables.
        await using LogFolder left = new();
        await System.IO.File.WriteAllBytesAsync(Path.Combine(left.Path, File), []);
        Assert.Empty(await left.Find(""));
        await left.Put(LogFolder.Line("new"));
        Assert.Equal(["new"], await left.Texts(""));
    }

    static byte[] Bytes(LogFolder folder, string file)
    {
        using var open = new FileStream(Path.Combine(folder.Path, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[open.Length];
        open.ReadExactly(bytes);
        return bytes;
    }
}
