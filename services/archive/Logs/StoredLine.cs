using Sigma.Contracts;

namespace Sigma.Archive.Logs;

/// <summary>A line as it is kept.</summary>
/// <param name="Ticks">When, in ticks of 100 ns since 1970, UTC.</param>
/// <param name="Source">Name of its integration.</param>
/// <param name="Level">Its level.</param>
/// <param name="Line">The rest of it.</param>
internal sealed record StoredLine(long Ticks, string Source, LineLevel Level, LogLine Line)
{
    public static long TicksOf(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    public static DateTimeOffset TimeOf(long ticks) => DateTimeOffset.UnixEpoch.AddTicks(ticks);
}
