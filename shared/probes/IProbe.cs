namespace Sigma.Probes;

/// <summary>
/// A way to look at something: found by its name, tried by the fetcher at every turn of a schedule. Probes derive from <see cref="Probe{T}"/>.
/// </summary>
public interface IProbe
{
    /// <summary>Its name in the settings, for example <c>folder-size</c>: lower case letters, digits and hyphens, at most 40.</summary>
    string Name { get; }

    /// <summary>What it looks at, in one sentence.</summary>
    string Description { get; }

    /// <summary>Parameters with their defaults, which the settings then change; their class says by its attributes which values are right.</summary>
    object NewParameters();

    /// <summary>Looks once. It ends soon after <paramref name="ct"/> is cancelled; what it throws is reported as its failure.</summary>
    /// <param name="parameters">Those of <see cref="NewParameters"/>, as the settings have them.</param>
    /// <param name="ct">Cancelled when the check's time is over, or the process stops.</param>
    Task<ProbeAnswer> Check(object parameters, CancellationToken ct);
}

/// <summary>
/// A probe with typed parameters. It has a public constructor, whose arguments the fetcher gives it: a <see cref="TimeProvider"/>, a logger, or none.
/// Each configured check has an instance of its own, which is never asked twice at a time, so it may remember what it measured.
/// </summary>
/// <typeparam name="TParameters">Its properties are the parameters, their initial values the defaults, their attributes the limits.</typeparam>
public abstract class Probe<TParameters> : IProbe where TParameters : class, new()
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <summary>Looks once.</summary>
    protected abstract Task<ProbeAnswer> Check(TParameters parameters, CancellationToken ct);

    object IProbe.NewParameters() => new TParameters();

    Task<ProbeAnswer> IProbe.Check(object parameters, CancellationToken ct) => Check((TParameters)parameters, ct);
}
