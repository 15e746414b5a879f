using Microsoft.Extensions.Options;

namespace Sigma.OperatorConsole.Services;

/// <summary>The processes that the console knows of, as the settings say where they answer; services that share one are together.</summary>
internal sealed class ServiceProcesses(EndpointDataSource endpoints, IOptions<ConsoleOptions> options)
{
    const string Console = "console";

    /// <summary>All of them, the console's own first.</summary>
    public IReadOnlyList<ServiceProcess> All()
    {
        var known = options.Value;
        (string Name, string Address)[] services =
        [
            (Console, ""), ("evaluator", known.Evaluator), ("notifier", known.Notifier), ("fetcher", known.Fetcher),
            .. Optional(known).Where(service => service.Address.Length > 0 || IsHere(service.Name)),
        ];
        return
        [
            .. services.GroupBy(service => service.Address.Length > 0 || service.Name == Console || IsHere(service.Name)
                ? service.Address.TrimEnd('/') : null)
                .SelectMany(group => group.Key is { } address
                    ? [new ServiceProcess([.. group.Select(service => service.Name)], address)]
                    : group.Select(service => new ServiceProcess([service.Name], null))),
        ];
    }

    // A station may do without these.
    static (string Name, string Address)[] Optional(ConsoleOptions known) => [("gateway", known.Gateway), ("archive", known.Archive)];

    // A process that has no such part would answer for itself.
    bool IsHere(string service) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Any(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith($"internal/{service}/", StringComparison.Ordinal) == true);
}

/// <summary>A process.</summary>
/// <param name="Services">The services in it.</param>
/// <param name="Address">Where it answers: empty for this process, null when that is not known.</param>
internal sealed record ServiceProcess(IReadOnlyList<string> Services, string? Address)
{
    /// <summary>What to set when it is not known where it answers.</summary>
    public string Setting => $"Console__{char.ToUpperInvariant(Services[0][0])}{Services[0][1..]}";
}
