using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Archive.Logs.OpenSearch;

/// <summary>An OpenSearch that keeps the lines.</summary>
public sealed class OpenSearchOptions : IPlainHttpSetting
{
    /// <summary>Its address; not set: lines are kept in the archive's own files.</summary>
    [HttpAddress]
    public string Address { get; set; } = "";

    /// <summary>User, where it asks for one.</summary>
    public string Username { get; set; } = "";

    /// <summary>The user's password, a secret.</summary>
    public string Password { get; set; } = "";

    /// <summary>The names of its indexes begin so; the day follows.</summary>
    [Required, RegularExpression("^[a-z][a-z0-9_-]{0,49}$", ErrorMessage = "is 1 to 50 lower case letters, digits, _ and -, beginning with a letter")]
    public string IndexPrefix { get; set; } = "sigma-logs";

    /// <summary>PEM file of authorities that may have signed its certificate, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";

    /// <summary>Whether an http address may name another machine.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Time-out, retries and circuit breaker of its calls.</summary>
    public ApiResilience Resilience { get; set; } = new() { Timeout = TimeSpan.FromSeconds(15), Retries = 0 };

    /// <summary>Whether one is set.</summary>
    internal bool IsSet => Address.Length > 0;
}
