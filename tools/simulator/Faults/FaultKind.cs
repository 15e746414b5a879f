namespace Sigma.Simulator.Faults;

/// <summary>The ways a call goes wrong.</summary>
public enum FaultKind
{
    /// <summary>An error with a status.</summary>
    Status,

    /// <summary>The right answer, but late.</summary>
    Delay,

    /// <summary>No answer until the client leaves.</summary>
    Hang,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>Status 200 and a page instead of JSON.</summary>
    NotJson,

    /// <summary>429 with Retry-After.</summary>
    TooManyRequests,

    /// <summary>registers_over_limit, however few records there are.</summary>
    OverLimit,

    /// <summary>A given answer: status, body, content type, and where it redirects to.</summary>
    Answer,

    /// <summary>The work is done, but no answer comes: the time-out that leaves the client in doubt.</summary>
    DoneThenHang,
}
