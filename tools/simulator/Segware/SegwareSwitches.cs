namespace Sigma.Simulator.Segware;

/// <summary>What nobody outside knows for sure about Segware. A client must be right whatever these say.</summary>
public sealed class SegwareSwitches
{
    /// <summary>Whether events carry an <c>id</c>. Default: true.</summary>
    public bool EventId { get; set; } = true;

    /// <summary>How an event's and an occurrence's own <c>id</c> are written. Default: number.</summary>
    public IdFormat IdFormat { get; set; } = IdFormat.Number;

    /// <summary>How accountId, companyId and clientGroupId are written. Default: number.</summary>
    public IdFormat AccountIdFormat { get; set; } = IdFormat.Number;

    /// <summary>When events carry an <c>occurrenceId</c>. Default: only those that have one.</summary>
    public OccurrenceIdPresence OccurrenceId { get; set; } = OccurrenceIdPresence.WhenThereIsOne;

    /// <summary>The name of the event's own time field; empty leaves the field out. Default: eventDate.</summary>
    public string TimeField { get; set; } = "eventDate";

    /// <summary>How that time is written. Default: ISO with milliseconds and Z.</summary>
    public EventTimeFormat TimeFormat { get; set; } = EventTimeFormat.IsoUtc;

    /// <summary>Whether an event exactly at startDate is in the answer. Default: true.</summary>
    public bool StartInclusive { get; set; } = true;

    /// <summary>Whether an event exactly at endDate is in the answer. Default: true.</summary>
    public bool EndInclusive { get; set; } = true;

    /// <summary>Which time of an occurrence startDate and endDate ask about. Default: its opening.</summary>
    public OccurrenceTime OccurrencesBy { get; set; } = OccurrenceTime.Opened;

    /// <summary>
    /// How far Segware's clock is ahead of the simulator's: in <c>Date</c> of its answers, and in what it shows already. Negative for behind.
    /// Default: zero.
    /// </summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>What error bodies look like, except registers_over_limit. Default: JSON.</summary>
    public ErrorBody ErrorBody { get; set; } = ErrorBody.Json;

    /// <summary>The status of registers_over_limit. Default: 400.</summary>
    public int OverLimitStatus { get; set; } = 400;

    /// <summary>The status of an accepted alarm event. Default: 200.</summary>
    public int AlarmStatus { get; set; } = 200;

    /// <summary>Whether injected events come back in GET /v1/events. Default: true.</summary>
    public bool InjectedEventsComeBack { get; set; } = true;

    /// <summary>The CUC injected events come back with; a watched one by default, so that counting our own shows.</summary>
    public string InjectedCuc { get; set; } = "ALR";

    /// <summary>Longer complement or eventLog texts are refused. Default: 255.</summary>
    public int EventTextLimit { get; set; } = 255;

    /// <summary>Whether accounts nobody added exist all the same, made up from their id and the seed. Default: true.</summary>
    public bool GenerateAccounts { get; set; } = true;

    /// <summary>Accounts that answer 404.</summary>
    public long[] UnknownAccounts { get; set; } = [];

    /// <summary>Companies that answer 500.</summary>
    public long[] FailingCompanies { get; set; } = [];

    /// <summary>Paths that answer 403, <c>*</c> stands for anything: <c>/v1/clientGroups</c>, <c>/v5/accounts/*</c>.</summary>
    public string[] ForbiddenPaths { get; set; } = [];
}

/// <summary>How an id is written in JSON.</summary>
public enum IdFormat
{
    /// <summary>A JSON number, where the id is one.</summary>
    Number,

    /// <summary>A JSON string.</summary>
    String,
}

/// <summary>When an event carries the field occurrenceId.</summary>
public enum OccurrenceIdPresence
{
    /// <summary>Absent when the event opened none.</summary>
    WhenThereIsOne,

    /// <summary>Always there, null when the event opened none.</summary>
    NullWhenNone,

    /// <summary>Never there.</summary>
    Never,
}

/// <summary>How an event's time is written.</summary>
public enum EventTimeFormat
{
    /// <summary>2026-11-20T21:00:00.000Z</summary>
    IsoUtc,

    /// <summary>1795208400000</summary>
    EpochMilliseconds,

    /// <summary>2026-11-20T18:00:00.000-03:00</summary>
    IsoBrasilia,
}

/// <summary>One of an occurrence's two times.</summary>
public enum OccurrenceTime
{
    /// <summary>When it was opened.</summary>
    Opened,

    /// <summary>When it was closed.</summary>
    Closed,
}

/// <summary>What an error's body looks like.</summary>
public enum ErrorBody
{
    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>A page, as a proxy in front would answer.</summary>
    Html,
}
