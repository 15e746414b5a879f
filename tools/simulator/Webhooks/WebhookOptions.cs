namespace Sigma.Simulator.Webhooks;

/// <summary>A receiver of Standard Webhooks.</summary>
public sealed class WebhookOptions
{
    /// <summary>The key it accepts unless told otherwise.</summary>
    public const string DefaultKey = "whsec_c2ltdWxhdG9yLXdlYmhvb2sta2V5LTAwMDE=";

    /// <summary>The keys of which any may have signed, separated by spaces, each as <c>whsec_…</c>.</summary>
    public string Keys { get; set; } = DefaultKey;

    /// <summary>How far a timestamp may be from now, either way. Default: 5 minutes.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A longer body is refused; the specification asks senders to stay below it. Default: 20,000 bytes.</summary>
    public int BodyLimit { get; set; } = 20_000;
}
