namespace Sigma.Cli.Doctor;

/// <summary>Looks at some things in turn. It runs beside the others, and none waits for another.</summary>
internal interface IDoctorCheck
{
    /// <summary>The things, in the order they are looked at.</summary>
    IReadOnlyList<string> CheckNames { get; }

    /// <summary>Says what it finds of each. Where it ends early, or breaks off, the rest count as not seen.</summary>
    Task Run(Findings findings, CancellationToken ct);
}
