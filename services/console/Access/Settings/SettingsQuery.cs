using System.Collections.Concurrent;
using Sigma.Hosting.Api;
using Sigma.Hosting.Settings;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Access.Settings;

/// <summary>The settings in force of every process, each by its own word; for administrators who see everything.</summary>
internal sealed class SettingsQuery(SettingsInForce own, ServiceProcesses processes, IServiceProvider services)
{
    const string Path = "internal/settings";

    readonly ConcurrentDictionary<string, ServiceCalls> _calls = new();

    /// <summary>The services there are, those that share a process together, without asking them.</summary>
    /// <exception cref="ForbiddenException">The caller may not read settings.</exception>
    public IReadOnlyList<IReadOnlyList<string>> Processes(Caller caller)
    {
        Demand(caller);
        return [.. processes.All().Select(process => process.Services)];
    }

    /// <summary>All of them; of one that does not answer, why not.</summary>
    /// <exception cref="ForbiddenException">The caller may not read settings.</exception>
    public async Task<IReadOnlyList<ServiceSettings>> All(Caller caller, CancellationToken ct)
    {
        Demand(caller);
        return await Task.WhenAll(processes.All().Select(async process =>
        {
            try
            {
                return new ServiceSettings(process.Services, await Read(process, ct), null);
            }
            catch (ServiceException e)
            {
                return new ServiceSettings(process.Services, [], e.Message);
            }
        }));
    }

    /// <summary>Those of the process in which a service is; of the console's own when there is no such service.</summary>
    /// <exception cref="ForbiddenException">The caller may not read settings.</exception>
    /// <exception cref="ServiceException">It does not answer.</exception>
    public async Task<ServiceSettings> Of(string? service, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        var all = processes.All();
        var process = all.FirstOrDefault(process => process.Services.Contains(service)) ?? all[0];
        return new(process.Services, await Read(process, ct), null);
    }

    async Task<IReadOnlyList<SettingsSection>> Read(ServiceProcess process, CancellationToken ct)
    {
        if (process.Address is "")
            return own.All();
        if (process.Address is not { } address)
            throw new ServiceException(process.Services[0], ServiceFailure.Unavailable,
                $"it is not known where it answers: set {process.Setting}, for example http://{process.Services[0]}:8080");
        var calls = _calls.GetOrAdd(process.Services[0], name => OperatorConsole.Services.Registration.Calls(services, name, _ => address));
        // They are masked where they come from; what that did not know for a secret is masked here.
        return [.. (await calls.Get<SettingsOfProcess>(Path, ct)).Sections.Select(section => section with
        {
            Settings = [.. section.Settings.Select(setting => setting.IsSecret ? setting : Setting.Of(setting.Path, setting.Value, setting.IsSet))],
        })];
    }

    static void Demand(Caller caller)
    {
        caller.Demand(Role.Administrator);
        caller.DemandNoLimits();
    }
}

/// <summary>The settings of a process.</summary>
/// <param name="Services">The services in it.</param>
/// <param name="Sections">By name.</param>
/// <param name="Problem">Why they are not known; null when they are.</param>
public sealed record ServiceSettings(IReadOnlyList<string> Services, IReadOnlyList<SettingsSection> Sections, string? Problem);
