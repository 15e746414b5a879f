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

    /// <summary>The blocks that may have lines of a time, the one with the latest line first.</summary>
    /// <exception cref="SqliteException">Also when it was cancelled: the statement ends where it is, and nothing of it is known.</exception>
    public IReadOnlyList<BlockPlace> Blocks(string? match, LogRange range, CancellationToken ct)
    {
        using var cancelled = ct.Register(() => raw.sqlite3_interrupt(_connection.Handle!));
        var sql = match is null
            ? "select id, first, last from blocks where last >= @From and first < @To order by last desc" // ix_blocks_last, which has all of it
            // By the index of the words; cross join: first what they find.
            : """
              select b.id, b.first, b.last from terms t cross join blocks b on b.id = t.rowid
              where t.terms match @match and b.last >= @From and b.first < @To order by b.last desc
              """;
        return [.. _connection.Query<(long Id, long First, long Last)>(sql, new { match, range.From, range.To }, buffered: false)
            .Select(block => new BlockPlace(this, block.Id, block.First, block.Last))];
    }

    public byte[]? Head(long block) => _connection.ExecuteScalar<byte[]?>("select head from blocks where id = @block", new { block });

    public byte[]? Body(long block) => _connection.ExecuteScalar<byte[]?>("select body from blocks where id = @block", new { block });

    public long? First(long block) => _connection.ExecuteScalar<long?>("select first from blocks where id = @block", new { block });

    public void Dispose() => _connection.Dispose();
}

/// <summary>A block, and the times of its first and last line.</summary>
internal readonly record struct BlockPlace(LogFileReader File, long Id, long First, long Last);
