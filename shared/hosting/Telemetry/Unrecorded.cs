using System.Diagnostics;

namespace Sigma.Hosting.Telemetry;

/// <summary>What is no part of a poll and happens all the time.</summary>
public static class Unrecorded
{
    /// <summary>Until it is disposed, what this does is in a trace that is not recorded, here or in a service that gets its messages.</summary>
    public static Activity Start(string name) => new Activity(name).Start();
}
