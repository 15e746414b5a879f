namespace Sigma.Storage;

/// <summary>Times as they are stored: milliseconds since 1970, UTC, in a bigint. All databases compare and subtract them alike.</summary>
public static class Clock
{
    /// <summary>Now, as stored.</summary>
    public static long Milliseconds(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>From a stored time.</summary>
    public static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
