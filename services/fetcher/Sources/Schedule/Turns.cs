using Quartz;

namespace Sigma.Fetcher.Sources.Schedule;

/// <summary>When a source is asked: at an interval, or by a cron expression.</summary>
internal sealed record Turns
{
    // Two fetchers begin at different moments: what one has done so lately the other leaves.
    const double Part = 0.7;

    const int GapsLookedAt = 6;

    static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(30), LongestGap = TimeSpan.FromDays(1);

    Turns()
    {
    }

    /// <summary>Between two turns; null where cron says when.</summary>
    public TimeSpan? Every { get; private init; }

    /// <summary>The expression as it was written; null where there is an interval.</summary>
    public string? Cron { get; private init; }

    /// <summary>Whether the first turn is put off at random, so that not everybody asks a provider at once.</summary>
    public bool Spread { get; init; }

    CronExpression? Expression { get; init; }

    public static Turns At(TimeSpan every) => new() { Every = every };

    /// <exception cref="FormatException">The expression is none.</exception>
    public static Turns By(string cron, TimeZoneInfo zone)
    {
        var expression = CronText.Read(cron) ?? throw new FormatException($"{cron} is no cron expression");
        return new() { Cron = cron, Expression = expression.WithTimeZone(zone) };
    }

    /// <summary>The first turn after one that began then.</summary>
    public DateTimeOffset? After(DateTimeOffset begun) => Every is { } every ? begun + every : Expression!.GetNextValidTimeAfter(begun);

    /// <summary>A turn is done once: what began less than this ago was of the same one.</summary>
    public TimeSpan Apart(DateTimeOffset now) => (Every ?? Gap(now)) * Part;

    /// <summary>Has Quartz keep it.</summary>
    public TriggerBuilder<IJob> On(TriggerBuilder<IJob> trigger, DateTimeOffset now) => Every is { } every
        ? trigger.StartAt(now + FirstPause(every)).WithSimpleSchedule(schedule => schedule.WithInterval(Stretched(every)).RepeatForever())
        : trigger.StartAt(now).WithSchedule(CronScheduleBuilder.Create(Expression!)
            .WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing));

    // The shortest of some: the turns of an expression need not be equally far apart.
    TimeSpan Gap(DateTimeOffset now)
    {
        var shortest = LongestGap;
        var before = Expression!.GetNextValidTimeAfter(now);
        for (var n = 0; n < GapsLookedAt && before is { } from && Expression.GetNextValidTimeAfter(from) is { } next; n++)
        {
            shortest = next - from < shortest ? next - from : shortest;
            before = next;
        }
        return shortest;
    }

    TimeSpan FirstPause(TimeSpan every) => Spread
        ? Random.Shared.NextDouble() * (every / 10 < LongestSpread ? every / 10 : LongestSpread) : TimeSpan.Zero;

    TimeSpan Stretched(TimeSpan every) => Spread ? every * (1 + Random.Shared.NextDouble() / 10) : every;
}
