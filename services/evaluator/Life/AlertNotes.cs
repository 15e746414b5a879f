using System.Globalization;
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

    /// <summary>Whether a command has been obeyed.</summary>
    public static async Task<bool> Has(DbSession session, Guid alert, Guid command, CancellationToken ct) => await session.First<long>( // primary key
        "select count(*) from evaluator_alert_notes where alert_id = @alert and command_id = @command",
        new { alert, command }, ct) > 0;

    /// <summary>When something was done last with an alert; null when nothing was. Whoever asks has locked the trigger.</summary>
    public static Task<long?> LastAt(DbSession session, Guid alert, CancellationToken ct) => session.First<long?>( // primary key, few rows
        "select max(done_at) from evaluator_alert_notes where alert_id = @alert", new { alert }, ct);

    /// <summary>All of an alert, the oldest first.</summary>
    public static async Task<List<AlertNote>> Of(DbSession session, Guid alert, CancellationToken ct) => (await session.Query<Row>( // primary key
        """
        select what What, done_by DoneBy, comment Comment, assigned_to AssignedTo, snoozed_until SnoozedUntil, done_at DoneAt
        from evaluator_alert_notes where alert_id = @alert order by done_at, command_id
        """, new { alert }, ct)).ConvertAll(row => row.Note);

    /// <summary>Those of a time, of all alerts, the newest first.</summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="from">Not before.</param>
    /// <param name="before">Only those that come after this one in the list.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static async Task<List<(NotePlace Place, AlertNote Note)>> Newest(DbSession session, long from, NotePlace before, int most,
        CancellationToken ct) => (await session.Query<Row>( // ix_evaluator_alert_notes_time
        $"""
        select alert_id AlertId, command_id CommandId, what What, done_by DoneBy, comment Comment, assigned_to AssignedTo,
          snoozed_until SnoozedUntil, done_at DoneAt
        from evaluator_alert_notes where done_at >= {from} and done_at <= {before.At} and (done_at < {before.At}
          or alert_id < x'{before.Alert:N}' or alert_id = x'{before.Alert:N}' and command_id < x'{before.Command:N}')
        order by done_at desc, alert_id desc, command_id desc limit {most}
        """, null, ct)).ConvertAll(row => (new NotePlace(row.DoneAt, row.AlertId, row.CommandId), row.Note));

    sealed class Row
    {
        public Guid AlertId { get; init; }
        public Guid CommandId { get; init; }
        public string What { get; init; } = "";
        public string DoneBy { get; init; } = "";
        public string? Comment { get; init; }
        public string? AssignedTo { get; init; }
        public long? SnoozedUntil { get; init; }
        public long DoneAt { get; init; }

        public AlertNote Note => new(What, DoneBy, Comment, DoneAt) { AssignedTo = AssignedTo, SnoozedUntil = SnoozedUntil };
    }
}

/// <summary>Where a note is in the list of all: in a moment there may be many, and one command may be for many alerts.</summary>
internal readonly record struct NotePlace(long At, Guid Alert, Guid Command)
{
    /// <summary>Before all.</summary>
    public static NotePlace Newest { get; } = new(long.MaxValue, Guid.Empty, Guid.Empty);

    /// <summary>From its text; null when it is none.</summary>
    public static NotePlace? Read(string text) => text.Split('_') is [var at, var alert, var command]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
        && Guid.TryParseExact(alert, "N", out var alertId) && Guid.TryParseExact(command, "N", out var commandId)
        ? new(moment, alertId, commandId) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}_{Alert:N}_{Command:N}");
}
