namespace Sigma.Simulator.Prefect;

/// <summary>A Prefect 3 server.</summary>
public sealed class PrefectOptions
{
    /// <summary>User and password of Basic auth, with a colon between; empty to ask for none.</summary>
    public string AuthString { get; set; } = "admin:simulated-prefect-password";

    /// <summary>Whether GET /api/ready says so. Default: true.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>Whether each call that changes something needs a token from GET /api/csrf-token. Default: false.</summary>
    public bool CsrfProtection { get; set; }

    /// <summary>Simulated time from a run's scheduled start until it is pending. Default: 1 s.</summary>
    public TimeSpan PendingAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Simulated time from a run's scheduled start until it runs. Default: 2 s.</summary>
    public TimeSpan RunningAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Simulated time from a run's scheduled start to its end. Default: 10 s.</summary>
    public TimeSpan FinalAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Simulated time from a run's scheduled start until it is called late, where no worker takes it. Default: 15 s.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromSeconds(15);
}
