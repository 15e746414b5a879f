using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Retention;

/// <summary>Section <c>Notifier:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>Registers and alarm events. The register of an alert that is not cleared stays.</summary>
    [Duration("1.00:00:00", "3650.00:00:00")]
    public TimeSpan Registers { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Settled deliveries. Those of an alert that is not cleared stay: who got the raise gets the clear.</summary>
    [Duration("1.00:00:00", "3650.00:00:00")]
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Names of accounts, from when Segware last returned them.</summary>
    [Duration("1.00:00:00", "3650.00:00:00")]
    public TimeSpan Accounts { get; set; } = TimeSpan.FromDays(365);
}
