using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Segware;

/// <summary>Segware Sigma Cloud. Section <c>Segware</c>.</summary>
public sealed class SegwareOptions : ApiAddress, IValidatableObject
{
    /// <summary>The defaults.</summary>
    public SegwareOptions() => BaseUrl = "https://api.segware.com.br";

    /// <summary>Static token; never logged. Not set: Segware is not asked for anything.</summary>
    [HeaderValue]
    public string BearerToken { get; set; } = "";

    /// <summary>Whether Segware is asked at all.</summary>
    public bool IsOn => BearerToken.Length > 0;

    /// <summary>The user whose closing of an occurrence excuses its events. 52583 in the known installation.</summary>
    [Range(1, long.MaxValue)]
    public long SystemUserId { get; set; } = 52583;

    /// <summary>Records an answer may have; a fuller one is taken for cut off. About 30,000 by one developer's word.</summary>
    [Range(1, 10_000_000)]
    public int EventLimit { get; set; } = 30_000;

    /// <summary>
    /// The largest answer that is read, unpacked, in megabytes; a larger one is given up, and a slice is asked for again in halves.
    /// </summary>
    [Range(1, 2000)]
    public int AnswerMegabytes { get; set; } = 64;

    /// <summary>
    /// Names tried, in this order, for the time of an event: its real name is not known. Where none is there, the slice gives the time. Comma
    /// separated.
    /// </summary>
    [Required]
    public string TimeFields { get; set; } = "eventDate,date,dateTime,receivedDate,receptionDate,createdAt,timestamp,occurredAt,eventDateTime";

    /// <summary>
    /// How far Segware's clock and this machine's may be apart before the service says in <c>/health/ready</c> that one of them is wrong.
    /// </summary>
    [Duration("00:00:02", "1.00:00:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How far an event's own time may lie outside the time that was asked for. Beyond it the field is not the event's time (a panel whose clock is
    /// wrong, a day of the year 2000): the next field that fits is taken, else the slice's time. Wide enough for clocks that differ by minutes,
    /// narrow beside the windows of rules.
    /// </summary>
    [Duration("00:00:00", "1.00:00:00")]
    public TimeSpan TimeTolerance { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time-out, retries and circuit breaker of each call.</summary>
    public ApiResilience Patience { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && string.IsNullOrWhiteSpace(BearerToken))
            yield return new ValidationResult("is nothing but spaces", [nameof(BearerToken)]);
    }
}
