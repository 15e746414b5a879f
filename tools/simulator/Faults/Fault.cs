namespace Sigma.Simulator.Faults;

/// <summary>What goes wrong, where and for how long. Without <see cref="Count"/> and <see cref="For"/> it lasts until removed.</summary>
public sealed record Fault
{
    /// <summary>The path it strikes, <c>*</c> for anything: <c>/v5/accounts/*</c>, <c>*/send_message</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The only method it strikes; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/> and <see cref="FaultKind.Answer"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Real time to wait before anything else happens, whatever the kind.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes of body that <see cref="FaultKind.Cut"/> lets through.</summary>
    public int CutAfter { get; init; } = 512;

    /// <summary>What <see cref="FaultKind.TooManyRequests"/> asks for, in whole seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The body of <see cref="FaultKind.Answer"/>; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>How <see cref="Body"/> is labelled.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Where <see cref="FaultKind.Answer"/> redirects to; null for nowhere.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the work is done all the same before <see cref="FaultKind.Answer"/>.</summary>
    public bool WorkIsDone { get; init; }

    /// <summary>How many calls it strikes; null for any number.</summary>
    public int? Count { get; init; }

    /// <summary>How many matching calls it lets pass first.</summary>
    public int Skip { get; init; }

    /// <summary>The chance that a call is struck, drawn by seed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Simulated time from its adding until it begins.</summary>
    public TimeSpan StartsAfter { get; init; }

    /// <summary>Simulated time it lasts; null for ever.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>An error status.</summary>
    public static Fault WithStatus(string path, int status) => new() { Path = path, Kind = FaultKind.Status, Status = status };

    /// <summary>The right answer after <paramref name="delay"/>.</summary>
    public static Fault Slow(string path, TimeSpan delay) => new() { Path = path, Kind = FaultKind.Delay, Delay = delay };

    /// <summary>No answer until the client leaves.</summary>
    public static Fault Hanging(string path) => new() { Path = path, Kind = FaultKind.Hang };

    /// <summary>A body broken off after <paramref name="bytes"/>.</summary>
    public static Fault CutShort(string path, int bytes) => new() { Path = path, Kind = FaultKind.Cut, CutAfter = bytes };

    /// <summary>200 and a page instead of JSON.</summary>
    public static Fault NotJson(string path) => new() { Path = path, Kind = FaultKind.NotJson };

    /// <summary>429 and Retry-After.</summary>
    public static Fault TooMany(string path, TimeSpan retryAfter) =>
        new() { Path = path, Kind = FaultKind.TooManyRequests, RetryAfter = retryAfter };

    /// <summary>This answer, whatever was asked.</summary>
    public static Fault Answering(string path, int status, string? body = null, string contentType = "application/json") =>
        new() { Path = path, Kind = FaultKind.Answer, Status = status, Body = body, ContentType = contentType };

    /// <summary>A redirect.</summary>
    public static Fault Redirecting(string path, int status, string location) =>
        new() { Path = path, Kind = FaultKind.Answer, Status = status, Location = location };

    /// <summary>registers_over_limit, however few records there are.</summary>
    public static Fault OverLimit(string path) => new() { Path = path, Kind = FaultKind.OverLimit };

    /// <summary>The work is done, the answer never comes.</summary>
    public static Fault DoneThenHanging(string path) => new() { Path = path, Kind = FaultKind.DoneThenHang };

    /// <summary>What is wrong with it, or null.</summary>
    internal string? Complaint() =>
        string.IsNullOrWhiteSpace(Path) ? "path is empty"
        : !Enum.IsDefined(Kind) ? "kind is unknown"
        : Status is < 200 or > 599 ? "status must be between 200 and 599"
        : Delay < TimeSpan.Zero || Delay > TimeSpan.FromHours(1) ? "delay must be between 0 and an hour"
        : CutAfter < 0 ? "cutAfter must not be negative"
        : Count <= 0 ? "count must be above 0"
        : Skip < 0 ? "skip must not be negative"
        : Probability is not (> 0 and <= 1) ? "probability must be above 0 and at most 1"
        : For <= TimeSpan.Zero ? "for must be above 0"
        : null;
}
