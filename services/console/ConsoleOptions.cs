using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Http;
using Sigma.Hosting.Settings;
using Sigma.OperatorConsole.Access.Http;

namespace Sigma.OperatorConsole;

/// <summary>Section <c>Console</c>.</summary>
public sealed class ConsoleOptions : IPlainHttpSetting, IValidatableObject
{
    /// <summary>Where the evaluator answers, as <c>http://evaluator:8080</c>; not set: in this process.</summary>
    [HttpAddress]
    public string Evaluator { get; set; } = "";

    /// <summary>Where the notifier answers.</summary>
    [HttpAddress]
    public string Notifier { get; set; } = "";

    /// <summary>Where the fetcher answers.</summary>
    [HttpAddress]
    public string Fetcher { get; set; } = "";

    /// <summary>Where the gateway answers.</summary>
    [HttpAddress]
    public string Gateway { get; set; } = "";

    /// <summary>Where the archive answers.</summary>
    [HttpAddress]
    public string Archive { get; set; } = "";

    /// <summary>
    /// Where senders reach the gateway, as pages show it, such as <c>https://alerts.example.org</c>; not set: where the console is reached, on the
    /// gateway's usual port where it is a process of its own.
    /// </summary>
    [HttpAddress]
    public string GatewayShownAs { get; set; } = "";

    /// <summary>The first administrator's name, who is made when there is no user yet.</summary>
    [Required, MaxLength(100)]
    public string AdministratorName { get; set; } = "admin";

    /// <summary>The first administrator's password, a secret. Not set: one is made and printed once.</summary>
    public string AdministratorPassword { get; set; } = "";

    /// <summary>Whoever asks from this machine is signed in as an operator; for the demonstration alone.</summary>
    public bool SignInOnLoopback { get; set; }

    /// <summary>
    /// Addresses or networks of the proxies before the console, comma separated, such as <c>10.0.0.7, 172.18.0.0/16</c>: what they say of who asks
    /// and whether by https is believed. Empty: nobody's word is.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>Time zone of the pages, an IANA name.</summary>
    [Required]
    public string TimeZone { get; set; } = "America/Sao_Paulo";

    /// <summary>How long an alert that is over is kept.</summary>
    [Duration("1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepAlerts { get; set; } = TimeSpan.FromDays(400);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TrustedProxies.Wrong(Proxies) is { } wrong)
            yield return new($"has {wrong}, which is neither an address nor a network such as 172.18.0.0/16", [nameof(Proxies)]);
    }

    // The services ask each other within their own network, where the key of the internal API travels in clear anyway.
    bool IPlainHttpSetting.AllowPlainHttp => true;
}
