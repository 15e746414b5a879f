namespace Sigma.Tests;

internal sealed class ManualClock : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
