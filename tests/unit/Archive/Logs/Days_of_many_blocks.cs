using Microsoft.Data.Sqlite;
using Sigma.Archive.Logs;
using Sigma.Archive.Logs.Embedded;
using Sigma.Hosting.Lines;

namespace Sigma.UnitTests.Archive.Logs;

/// <summary>Lines that trickle in make a block each: they are gone through page by page, not held all at once.</summary>
public sealed class Days_of_many_blocks
{
    const int Blocks = 2 * BlockCursor.Page + 500;

    [Theory]
    [InlineData("")]
    [InlineData("trickles")]
    public async Task Are_found_and_counted_whole(string query)
    {
        await using LogFolder folder = new();
        var end = LogFolder.Noon.AddHours(12).AddTicks(-1);
        await folder.Put(LogFolder.Line("trickles", end, "high"));
        await folder.Put(LogFolder.Line("trickles", end.AddMinutes(-1)));
        await folder.Store.DisposeAsync();
        await Repeat(folder, "routine-20261120.db");
        await folder.Restart();

        LogRange range = new(StoredLine.TicksOf(end.AddHours(-20)), StoredLine.TicksOf(end) + 1);
        var counted = await folder.Store.Count(LogQueryParser.Parse(query), range, 3, CancellationToken.None);
        Assert.Null(counted.CountedFrom);
        Assert.Equal(Blocks + 1, counted.Counts.Sum(part => part.Sum()));

        // The last of them, from the far end.
        LogRange oldest = new(0, StoredLine.TicksOf(end.AddMinutes(-1).AddSeconds(-(Blocks - 12))));
        var found = await folder.Store.Search(LogQueryParser.Parse(query), oldest, null, 100, CancellationToken.None);
        Assert.Equal(11, found.Lines.Count);
        Assert.Equal(found.Lines.OrderByDescending(line => line.Line.Ticks), found.Lines);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(900_000)]
    public async Task A_page_of_long_lines_has_fewer_and_goes_on_where_it_ends(int length)
    {
        await using LogFolder folder = new();
        for (var line = 0; line < 30; line++)
            await folder.Put(LogFolder.Line($"{line} {new string('x', length)}", LogFolder.Noon.AddSeconds(line)));
        List<string> found = [];
        var pages = 0;
        LineId? before = null;
        do
        {
            var page = await folder.Store.Search(LogQuery.All, LogFolder.Always, before, 1_000, CancellationToken.None);
            Assert.InRange(page.Lines.Count, 1, 4 * 1024 * 1024 / length);
            found.AddRange(page.Lines.Select(line => line.Line.Line.Text.Split(' ')[0]));
            before = page.Next;
            pages++;
        }
        while (before is not null);
        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(line => $"{line}"), found);
        Assert.True(pages > 2);
    }

    [Fact]
    public async Task A_block_is_cut_by_what_is_in_its_fields_too()
    {
        await using LogFolder folder = new();
        Dictionary<string, string> fields = new() { ["body"] = new string('x', 100_000) };
        await folder.Put([.. Enumerable.Range(0, 40).Select(line => LogFolder.Line($"{line}", fields: fields))]);
        await folder.Store.DisposeAsync();
        await using var file = await Open(folder, "routine-20261120.db");
        await using var count = file.CreateCommand();
        count.CommandText = "select max(lines) from blocks";
        Assert.InRange((long)(await count.ExecuteScalarAsync())!, 1, 6);
    }

    // The same block again, a second before.
    static async Task Repeat(LogFolder folder, string name)
    {
        await using var file = await Open(folder, name);
        await using var repeat = file.CreateCommand();
        repeat.CommandText = $"""
            insert into blocks(first, last, lines, head, body)
                with recursive n(n) as (select 1 union all select n + 1 from n where n < {Blocks - 1})
                select first - n * {TimeSpan.TicksPerSecond}, last - n * {TimeSpan.TicksPerSecond}, lines, head, body from blocks, n;
            insert into terms(rowid, words) select id, 'trickles' from blocks where id > 1
            """;
        await repeat.ExecuteNonQueryAsync();
    }

    static async Task<SqliteConnection> Open(LogFolder folder, string name)
    {
        SqliteConnection file = new($"Data Source={Path.Combine(folder.Path, name)};Pooling=False");
        await file.OpenAsync();
        return file;
    }
}
