using MassTransit;
using Sigma.Contracts;

namespace Sigma.Archive;

/// <summary>When news came: by the message, not by a clock, so that it is the same when the message comes again.</summary>
internal static class Arrival
{
    /// <summary>The slice of the gateway that took it in, some seconds back at most; else when the message was sent.</summary>
    public static DateTimeOffset Of(IntakePart? intake, ConsumeContext message, TimeProvider time) =>
        intake is not null && NewsLimits.IsPossible(intake.SliceFrom) ? intake.SliceFrom : Sent(message, time);

    /// <summary>How long ago the message was sent, in seconds.</summary>
    public static double Lag(ConsumeContext message, TimeProvider time) => Math.Max(0, (time.GetUtcNow() - Sent(message, time)).TotalSeconds);

    static DateTimeOffset Sent(ConsumeContext message, TimeProvider time) =>
        message.SentTime is { } sent ? new DateTimeOffset(sent.ToUniversalTime()) : time.GetUtcNow();
}
