using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace Sigma.TestServers.Processes;

/// <summary>The Docker engine that Testcontainers finds on this machine or in the environment.</summary>
internal static class DockerEngine
{
    /// <summary>Set to run the tests against the versions of production rather than those that are installed.</summary>
    const string Variable = "SIGMA_TEST_CONTAINERS";

    /// <summary>Null where no engine answers.</summary>
    static readonly IDockerEndpointAuthenticationConfiguration? Found = TestcontainersSettings.OS.DockerEndpointAuthConfig;

    /// <summary>Else Testcontainers waits an hour for a server that does not start.</summary>
    static DockerEngine() => TestcontainersSettings.WaitStrategyTimeout ??= TimeSpan.FromMinutes(3);

    static bool IsLocal => Found?.Endpoint.Scheme is "unix" or "npipe" && string.IsNullOrEmpty(TestcontainersSettings.DockerHostOverride);

    /// <summary>
    /// Whether a container is to be used in place of this program, which may not be installed. Where containers are wished for and no engine
    /// answers, Testcontainers says why: an installed server would be another one than was asked for.
    /// </summary>
    public static bool Replaces(string? program) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || (program is null && Found is not null);

    /// <summary>A client for what Testcontainers does not offer.</summary>
    public static DockerClient Connect() => Found!.GetDockerClientBuilder().Build();

    /// <summary>Testcontainers publishes ports on every interface; nobody else has to reach a server with a known password.</summary>
    public static void PublishOnLoopback(CreateContainerParameters parameters)
    {
        if (!IsLocal) return;
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings)) binding.HostIP = "127.0.0.1";
    }
}
