using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// The numbers of changes. Whoever writes alerts takes this one row first and keeps it until the commit: so the order of the numbers is the order of
/// the commits, and who has read up to one has missed nothing before it. Nobody who has it waits for another who writes, so there is no deadlock.
/// </summary>
internal static class AlertSequence
{
    public const string Name = "alerts";

    /// <summary>Takes it; returns the last number that was given.</summary>
    public static async Task<long> Lock(DbSession session, CancellationToken ct)
    {
        if (await Last(session, ct) is { } last)
            return last;
        // A table of alerts whose numbers got lost goes on behind the highest.
        await session.Execute(
            $"{session.Dialect.InsertIgnore} into console_sequence(name, last) select '{Name}', coalesce(max(sequence), 0) from console_alerts",
            null, ct);
        return await Last(session, ct) ?? throw new InvalidOperationException("The number of the last change is gone.");
    }

    /// <summary>Says which is the last number now.</summary>
    public static Task Move(DbSession session, long last, CancellationToken ct) =>
        session.Execute($"update console_sequence set last = @last where name = '{Name}'", new { last }, ct); // primary key

    static Task<long?> Last(DbSession session, CancellationToken ct) => session.First<long?>( // primary key
        $"select last from console_sequence where name = '{Name}' {session.Dialect.ForUpdate}", new { }, ct);
}
