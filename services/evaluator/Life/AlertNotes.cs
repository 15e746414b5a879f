using Sigma.Storage;

namespace Sigma.Evaluator.Life;

/// <summary>What somebody did with an alert. Times are milliseconds since 1970.</summary>
internal sealed record AlertNote(string What, string By, string? Comment, long At)
{
    public string? AssignedTo { get; init; }

    /// <summary>Until it is cleared: <see cref="Conditions.DueSweep.Never"/>.</summary>
    public long? SnoozedUntil { get; init; }
}

/// <summary>What people did with alerts, kept beyond the alert's end.</summary>
internal static class AlertNotes
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>False when this command has been obeyed already.</summary>
    public static async Task<bool> Add(DbSession session, Guid alert, Guid command, AlertNote note, CancellationToken ct) => await session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into evaluator_alert_notes(alert_id, command_id, what, done_by, comment, assigned_to, snoozed_until, done_at)
        values(@alert, @command, @What, @By, @Comment, @AssignedTo, @SnoozedUntil, @At)
        """, new { alert, command, note.What, note.By, note.Comment, note.AssignedTo, note.SnoozedUntil, note.At },
        ct) == 1;

    /// <summary>All of an alert, the oldest first.</summary>
    public static async Task<List<AlertNote>> Of(DbSession session, Guid alert, CancellationToken ct) => (await session.Query<Row>( // primary key
        """
        select what What, done_by DoneBy, comment Comment, assigned_to AssignedTo, snoozed_until SnoozedUntil, done_at DoneAt
        from evaluator_alert_notes where alert_id = @alert order by done_at, command_id
        """, new { alert }, ct)).ConvertAll(row => new AlertNote(row.What, row.DoneBy, row.Comment, row.DoneAt)
        {
            AssignedTo = row.AssignedTo, SnoozedUntil = row.SnoozedUntil,
        });

    sealed class Row
    {
        public string What { get; init; } = "";
        public string DoneBy { get; init; } = "";
        public string? Comment { get; init; }
        public string? AssignedTo { get; init; }
        public long? SnoozedUntil { get; init; }
        public long DoneAt { get; init; }
    }
}
