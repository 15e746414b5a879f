using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;

namespace Sigma.Segware;

/// <summary>Segware Sigma Cloud. Section <c>Segware</c>.</summary>
public sealed class SegwareOptions
{
    /// <summary>Address of the API.</summary>
    [Required, HttpAddress]
    public string BaseUrl { get; set; } = "https://api.segware.com.br";

    /// <summary>Static token; never logged.</summary>
    [Required]
    public string BearerToken { get; set; } = "";

    /// <summary>The user whose closing of an occurrence excuses its events. 52583 in the known installation.</summary>
    [Range(1, long.MaxValue)]
    public long SystemUserId { get; set; } = 52583;

    /// <summary>Records an answer may have; a fuller one is taken for cut off. About 30,000 by one developer's word.</summary>
    [Range(1, 10_000_000)]
    public int EventLimit { get; set; } = 30_000;

    /// <summary>Names tried, in this order, for the time of an event: its real name is not known. Where none is there, the slice gives the time. Comma separated.</summary>
    [Required]
    public string TimeFields { get; set; } = "eventDate,date,dateTime,receivedDate,receptionDate,createdAt,timestamp,occurredAt,eventDateTime";

    /// <summary>Time-out, retries and circuit breaker of each call.</summary>
    public ApiPatience Patience { get; set; } = new();
}
