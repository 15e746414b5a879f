using System.Data.Common;
using Dapper;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>A piece of the window.</summary>
/// <param name="To">Its last instant, as stored.</param>
/// <param name="New">Events counted in it.</param>
/// <param name="InWindow">Events in the window that ends with it; null where some of that window may be deleted already.</param>
public sealed record Bucket(long To, long New, long? InWindow);

/// <summary>What the evaluator counts of a key: the window that ends at a moment, in pieces, and the one before it. Times as stored.</summary>
public sealed class CountedWindow
{
    /// <summary>In how many pieces a window is shown.</summary>
    public const int Pieces = 24;

    /// <summary>The pieces of the window, oldest first.</summary>
    public required IReadOnlyList<Bucket> Buckets { get; init; }

    /// <summary>Events in it.</summary>
    public required long Count { get; init; }

    /// <summary>The oldest of them.</summary>
    public long? OldestAt { get; init; }

    /// <summary>The newest.</summary>
    public long? NewestAt { get; init; }

    /// <summary>Events of the window before.</summary>
    public long Before { get; init; }

    /// <summary>The oldest event without which the count would be below the clear limit.</summary>
    public long? LimitingAt { get; init; }

    /// <summary>Reads the window of a key that ends at a moment.</summary>
    /// <param name="connection">Outside a transaction: in a SQLite file that would be its one writer's.</param>
    /// <param name="key">The trigger.</param>
    /// <param name="at">When the window ends.</param>
    /// <param name="window">Its length.</param>
    /// <param name="clearBelow">The clear limit.</param>
    /// <param name="keptSince">What is older may be deleted.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CountedWindow> Read(
        DbConnection connection, Guid key, long at, long window, int clearBelow, long keptSince, CancellationToken ct)
    {
        // The primary key (trigger_id, occurred_at, event_key); evaluator_excused by its own.
        var placed = (await connection.QueryAsync<Piece>(new CommandDefinition(
            $"""
            select placed.piece Number, count(*) Events, min(occurred_at) Oldest, max(occurred_at) Newest from (
              select w.occurred_at,
                cast((({at} - w.occurred_at) * {Pieces} - (({at} - w.occurred_at) * {Pieces}) % {window}) / {window} as signed) as piece
              {WindowCount.Counted} and w.trigger_id = x'{key:N}' and w.occurred_at > {at - 2 * window} and w.occurred_at <= {at}
            ) placed group by placed.piece
            """, cancellationToken: ct))).ToDictionary(piece => piece.Number);
        var limiting = await connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
            $"""
            select w.occurred_at {WindowCount.Counted} and w.trigger_id = x'{key:N}' and w.occurred_at > {at - window} and w.occurred_at <= {at}
            order by w.occurred_at desc limit 1 offset {clearBelow - 1}
            """, cancellationToken: ct));
        long In(int newest) => Enumerable.Range(newest, Pieces).Sum(number => placed.GetValueOrDefault(number)?.Events ?? 0);
        var inside = Enumerable.Range(0, Pieces).Select(number => placed.GetValueOrDefault(number)).OfType<Piece>().ToList();
        return new CountedWindow
        {
            Buckets = [.. Enumerable.Range(0, Pieces).Reverse().Select(number => (number, To: at - (number * window + Pieces - 1) / Pieces))
                .Select(piece => new Bucket(piece.To, placed.GetValueOrDefault(piece.number)?.Events ?? 0,
                    piece.To - window >= keptSince ? In(piece.number) : null))],
            Count = In(0), Before = In(Pieces), LimitingAt = limiting,
            OldestAt = inside.Count == 0 ? null : inside.Min(piece => piece.Oldest),
            NewestAt = inside.Count == 0 ? null : inside.Max(piece => piece.Newest),
        };
    }

    /// <summary>How many each of many keys has in the window that ends at a moment.</summary>
    public static async Task<IReadOnlyDictionary<Guid, long>> Counts(
        DbConnection connection, IReadOnlyCollection<Guid> keys, long at, long window, CancellationToken ct) =>
        keys.Count == 0 ? new Dictionary<Guid, long>()
        : (await connection.QueryAsync<(Guid Key, long Count)>(new CommandDefinition( // primary key
            $"""
            select w.trigger_id, count(*) {WindowCount.Counted} and w.trigger_id in ({keys.Literals()})
              and w.occurred_at > {at - window} and w.occurred_at <= {at} group by w.trigger_id
            """,
            cancellationToken: ct))).ToDictionary(row => row.Key, row => row.Count);

    sealed class Piece
    {
        public long Number { get; init; }
        public long Events { get; init; }
        public long Oldest { get; init; }
        public long Newest { get; init; }
    }
}
