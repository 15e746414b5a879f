using Microsoft.Data.Sqlite;
using Sigma.Archive.Logs;
using Sigma.Hosting.Lines;

namespace Sigma.UnitTests.Archive.Logs;

public sealed class Lines_in_files
{
    [Fact]
    public async Task A_batch_that_comes_again_is_kept_once_in_every_file()
    {
        await using LogFolder folder = new();
        LinesToStore batch = new(Guid.NewGuid(),
            [LogFolder.Line("today"), LogFolder.Line("yesterday", LogFolder.Noon.AddDays(-1)), LogFolder.Line("bad", level: "high")]);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => folder.Store.Store(batch, CancellationToken.None)));
        await folder.Restart();
        await folder.Store.Store(batch, CancellationToken.None);

        Assert.Equal(["bad", "today", "yesterday"], await folder.Texts(""));
        Assert.Equal(["notable-20261120.db", "routine-20261119.db", "routine-20261120.db"],
            Directory.GetFiles(folder.Path, "*.db").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_damaged_file_is_put_aside_and_others_go_on()
    {
        await using LogFolder folder = new();
        await folder.Put(LogFolder.Line("yesterday", LogFolder.Noon.AddDays(-1)), LogFolder.Line("today"));
        await folder.Store.DisposeAsync();
        var today = Path.Combine(folder.Path, "routine-20261120.db");
        File.Delete(today + "-wal");
        await File.WriteAllTextAsync(today, new string('?', 20_000));
        await folder.Restart();

        Assert.Equal(["yesterday"], await folder.Texts(""));
        await Assert.ThrowsAsync<SqliteException>(() => folder.Put(LogFolder.Line("after")));
        await folder.Put(LogFolder.Line("after")); // as the message that comes again
        Assert.Equal(["after", "yesterday"], await folder.Texts(""));
        var aside = Directory.GetFiles(folder.Path, "routine-20261120.db.corrupt-*").Order().ToList();
        Assert.Equal([aside[0], aside[0] + ".reason"], aside);
        Assert.Contains("not a database", await File.ReadAllTextAsync(aside[1]));
        // It goes with the lines of its day.
        folder.Store.DropBefore(notable: false, new DateOnly(2026, 11, 20));
        Assert.Equal(2, Directory.GetFiles(folder.Path, "*.corrupt-*").Length);
        folder.Store.DropBefore(notable: false, new DateOnly(2026, 11, 21));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.corrupt-*"));
    }

    [Fact]
    public async Task A_damaged_block_is_left_out()
    {
        await using LogFolder folder = new();
        foreach (var text in (string[])["first", "second", "third"])
            await folder.Put(LogFolder.Line(text, fields: new() { ["of"] = "all" }));
        await using (SqliteConnection other = new($"Data Source={Path.Combine(folder.Path, "routine-20261120.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var damages = other.CreateCommand();
            damages.CommandText = "update blocks set body = x'10000000FFFF', head = case id when 1 then x'00' else head end where id < 3";
            await damages.ExecuteNonQueryAsync();
        }
        Assert.Equal(["third"], await folder.Texts(""));
        Assert.Equal(["third"], await folder.Texts("of=all"));
        LogRange range = new(0, StoredLine.TicksOf(LogFolder.Noon.AddDays(1)));
        var counted = await folder.Store.Count(LogQuery.All, range, 1, CancellationToken.None);
        Assert.Equal(2, counted.Counts[0].Sum()); // the head of the second is whole
    }

    [Fact]
    public async Task A_file_that_another_program_holds_holds_up_no_other()
    {
        await using LogFolder folder = new();
        await folder.Put(LogFolder.Line("first"));
        await using SqliteConnection other = new($"Data Source={Path.Combine(folder.Path, "routine-20261120.db")};Pooling=False");
        await other.OpenAsync();
        await using var holds = other.CreateCommand();
        holds.CommandText = "begin immediate";
        await holds.ExecuteNonQueryAsync();

        var held = folder.Put(LogFolder.Line("held"));
        var free = folder.Put(LogFolder.Line("free", LogFolder.Noon.AddDays(1)));
        await free;
        await Assert.ThrowsAsync<SqliteException>(() => held);
        Assert.Equal(["free", "first"], await folder.Texts(""));
        holds.CommandText = "rollback";
        await holds.ExecuteNonQueryAsync();
        await folder.Put(LogFolder.Line("held"));
        Assert.Equal(3, (await folder.Texts("")).Length);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        await using LogFolder folder = new();
        await using SqliteConnection later = new($"Data Source={Path.Combine(folder.Path, "routine-20261120.db")};Pooling=False");
        await later.OpenAsync();
        await using var command = later.CreateCommand();
        command.CommandText = "create table x(y); pragma user_version = 99";
        await command.ExecuteNonQueryAsync();
        Assert.Contains("version 99", (await Assert.ThrowsAsync<InvalidOperationException>(() => folder.Put(LogFolder.Line("x")))).Message);
    }

    [Fact]
    public async Task A_search_that_takes_too_long_says_how_far_it_came_and_goes_on_from_there()
    {
        await using LogFolder folder = new(options => options.QueryTimeout = TimeSpan.FromMilliseconds(5));
        var text = string.Join(' ', Enumerable.Repeat("word", 2_000));
        var (batches, incomplete) = (0, 0);
        do // as many as this machine does not read in that time
        {
            for (var more = 0; more < 20; more++, batches++)
                await folder.Put([.. Enumerable.Range(0, 20).Select(line =>
                    LogFolder.Line($"{text} {batches}", LogFolder.Noon.AddSeconds(-10 * batches).AddTicks(line)))]);
            var (found, pages) = (0, 0);
            LineId? before = null;
            do
            {
                try
                {
                    var page = await folder.Store.Search(LogQueryParser.Parse("word"), LogFolder.Always, before, 1_000, CancellationToken.None);
                    found += page.Lines.Count;
                    incomplete += page.IsComplete ? 0 : 1;
                    before = page.Next;
                }
                catch (TimeoutException)
                {
                    // not even the list of blocks
                }
            }
            while ((before is not null || found == 0) && ++pages < 100_000);
            Assert.Equal(20 * batches, found);
        }
        while (incomplete == 0 && batches < 1_000);
        Assert.True(incomplete > 0, $"{batches} batches were read in time");
    }

    [Fact]
    public async Task Old_days_are_dropped_and_the_rest_is_found()
    {
        await using LogFolder folder = new();
        await folder.Put([.. Enumerable.Range(0, 5).SelectMany(day => (StoredLine[])
            [LogFolder.Line($"info {day}", LogFolder.Noon.AddDays(-day)), LogFolder.Line($"high {day}", LogFolder.Noon.AddDays(-day), "high")])]);
        Assert.Equal(3, folder.Store.DropBefore(notable: false, new DateOnly(2026, 11, 19)));
        Assert.Equal(["info 0", "info 1"], await folder.Texts("info"));
        Assert.Equal(5, (await folder.Texts("high")).Length);
        await folder.Put(LogFolder.Line("info late", LogFolder.Noon.AddDays(-3)));
        Assert.Equal(3, (await folder.Texts("info")).Length);
    }

    [Theory]
    [InlineData("\"x\" OR words:*")]
    [InlineData("\" OR 1=1; drop table blocks; --\"")]
    [InlineData("NEAR(a b)")]
    [InlineData("words:a")]
    [InlineData("app=\"'; drop table blocks; --\"")]
    [InlineData("a' union select id from batches --x")]
    [InlineData("{words}:a ^b a+b")]
    public async Task Nothing_that_is_typed_reaches_the_database_as_anything_but_words(string query)
    {
        await using LogFolder folder = new();
        await folder.Put(LogFolder.Line("kept"));
        try
        {
            Assert.Empty(await folder.Texts(query));
        }
        catch (LogQueryException)
        {
            // refused with its place
        }
        Assert.Equal(["kept"], await folder.Texts("kept"));
    }

    [Fact]
    public async Task One_line_is_found_by_its_id_and_only_by_that()
    {
        await using LogFolder folder = new();
        await folder.Put(LogFolder.Line("one", fields: new() { ["trace"] = "t" }), LogFolder.Line("two", LogFolder.Noon.AddSeconds(1)));
        var found = await folder.Store.Search(LogQueryParser.Parse("one"), LogFolder.Always, null, 10, CancellationToken.None);
        var id = found.Lines.Single().Id;
        Assert.Equal("t", (await folder.Store.Line(LineId.Parse($"{id}")!.Value, CancellationToken.None))!.Line.Line.Fields!["trace"]);
        foreach (var wrong in (LineId[])[id with { Index = 1 }, id with { Block = 7 }, id with { Ticks = id.Ticks + 1 }, id with { IsNotable = true },
            id with { Index = int.MaxValue }, id with { Ticks = 1 }])
            Assert.Null(await folder.Store.Line(wrong, CancellationToken.None));
        foreach (var text in (string[])["", "1", "1-n", "1-x1-1", "-1-n1-1", "1-n1-1-1", "zz-n1-1", new('1', 200)])
            Assert.Null(LineId.Parse(text));
    }

    [Fact]
    public async Task Who_watches_sees_what_is_stored_and_is_told_what_was_missed()
    {
        await using LogFolder folder = new();
        using var watcher = folder.Tail.Watch(LogQueryParser.Parse("disk level>=medium"))!;
        await folder.Put(LogFolder.Line("disk full", level: "high"), LogFolder.Line("disk fine", level: "info"),
            LogFolder.Line("other", level: "high"));
        Assert.True(watcher.TryRead(out var line));
        Assert.Equal("disk full", line.Line.Text);
        Assert.False(watcher.TryRead(out _));
        await folder.Put([.. Enumerable.Range(0, 1_500).Select(number => LogFolder.Line($"disk {number}", level: "high"))]);
        Assert.Equal(500, watcher.TakeMissed());
        while (watcher.TryRead(out _))
            continue;
        // However few they are: what waits is bounded in characters too.
        await folder.Put([.. Enumerable.Range(0, 20).Select(number => LogFolder.Line($"disk {number} {new string('x', 100_000)}", level: "high"))]);
        Assert.Equal(18, watcher.TakeMissed());
        await folder.Put(LogFolder.Line($"disk {new string('x', 500_000)}", level: "high"));
        Assert.Equal(1, watcher.TakeMissed());
        while (watcher.TryRead(out _))
            continue;
        await folder.Put(LogFolder.Line($"disk {new string('x', 500_000)}", level: "high"));
        Assert.True(watcher.TryRead(out _)); // alone it is shown
        List<IDisposable> others = [];
        while (folder.Tail.Watch(LogQuery.All) is { } other)
            others.Add(other);
        Assert.Equal(49, others.Count);
        others.ForEach(other => other.Dispose());
        Assert.Equal(1, folder.Tail.Watchers);
    }
}
