using Dapper;
using Microsoft.Data.Sqlite;
using Sigma.Archive.Files;
using SQLitePCL;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>A file of lines, open for one query.</summary>
internal sealed class LogFileReader : IDisposable
{
    readonly SqliteConnection _connection;

    LogFileReader(string path, SqliteConnection connection, bool notable)
    {
        Path = path;
        _connection = connection;
        IsNotable = notable;
    }

    public string Path { get; }

    public bool IsNotable { get; }

    public static LogFileReader? Open(string path, bool notable) =>
        SqliteFile.Read(path) is { } connection ? new(path, connection, notable) : null;

    /// <summary>The blocks that may have lines of a time, the one with the latest line first: so many after another.</summary>
    /// <exception cref="SqliteException">Also when it was cancelled: the statement ends where it is, and nothing of it is known.</exception>
    public IReadOnlyList<BlockPlace> Blocks(string? match, LogRange range, BlockPlace? after, int most, CancellationToken ct)
    {
        using var cancelled = ct.Register(() => raw.sqlite3_interrupt(_connection.Handle!));
        var next = after is null ? "" : "and (b.last, b.first, b.id) < (@Last, @First, @Id)";
        var from = match is null
            ? "blocks b where" // ix_blocks_last, which has all of it
            : "terms t cross join blocks b on b.id = t.rowid where t.terms match @match and"; // by the index of the words; cross join: first these
        return [.. _connection.Query<(long Id, long First, long Last)>(
            $"""
             select b.id, b.first, b.last from {from} b.last >= @From and b.first < @To {next}
             order by b.last desc, b.first desc, b.id desc limit @most
             """, new { match, range.From, range.To, after?.Last, after?.First, after?.Id, most }, buffered: false)
            .Select(block => new BlockPlace(this, block.Id, block.First, block.Last))];
    }

    public byte[]? Head(long block) => _connection.ExecuteScalar<byte[]?>("select head from blocks where id = @block", new { block });

    public byte[]? Body(long block) => _connection.ExecuteScalar<byte[]?>("select body from blocks where id = @block", new { block });

    public long? First(long block) => _connection.ExecuteScalar<long?>("select first from blocks where id = @block", new { block });

    public void Dispose() => _connection.Dispose();
}

/// <summary>A block, and the times of its first and last line.</summary>
internal readonly record struct BlockPlace(LogFileReader File, long Id, long First, long Last);
