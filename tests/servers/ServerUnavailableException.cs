namespace Sigma.TestServers;

/// <summary>A server is neither given, nor installed, nor available as a container.</summary>
public sealed class ServerUnavailableException(string server, string variable, string packages)
    : Exception($"No {server} for the tests. Set {variable} to one that runs, or install one ({packages}), or start a Docker engine " +
        "(one older than 25 needs DOCKER_API_VERSION=1.41).");
