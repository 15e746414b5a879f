using System.Diagnostics;

namespace Sigma.Hosting.Telemetry;

/// <summary>Keeps traces of recurring background work out of the export.</summary>
public static class SuppressTracing
{
    /// <summary>Until it is disposed, spans belong to a trace that is not recorded, here and in services that receive its messages.</summary>
    public static Activity Start(string name) => new Activity(name).Start();
}
