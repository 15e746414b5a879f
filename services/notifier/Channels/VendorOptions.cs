using Sigma.Hosting.Http;
using Sigma.Hosting.Tls;

namespace Sigma.Notifier.Channels;

/// <summary>How the vendor behind an integration is called.</summary>
public sealed class VendorOptions
{
    internal const string AllowPlainHttpKey = $"Api__{nameof(AllowPlainHttp)}";

    /// <summary>PEM file of authorities that may have signed the vendor's certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Whether an http address may name another machine: what is secret then travels in clear.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Time-out and circuit breaker of each call. Retries are the delivery's.</summary>
    public ApiResilience Patience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(15), BreakAfter = 3 };
}
