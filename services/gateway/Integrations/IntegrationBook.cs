using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Gateway.Integrations;

/// <summary>The integrations there are: those of the settings, and those that people made, which this process looks for every two seconds.</summary>
internal sealed class IntegrationBook(Database database, IOptions<GatewayOptions> options, ILogger<IntegrationBook> log)
{
    /// <summary>Where every change is written down.</summary>
    public static readonly RevisionLog Revisions = new("gateway", "integrations");

    readonly HashSet<(string, string)> _said = [];
    volatile IntegrationSet? _now;

    /// <summary>As they were when this process last looked; before the first look those of the settings alone.</summary>
    public IntegrationSet Now => _now ?? new IntegrationSet(Provisioned(options.Value), 0);

    /// <summary>Whether those that people made are known: before, a key that is nobody's may be somebody's.</summary>
    public bool IsRead => _now is not null;

    /// <summary>By its name, if it is there and on.</summary>
    public Integration? Find(string name) => Now.Find(name) is { Integration.On: true } known ? known.Integration : null;

    /// <summary>Looks whether people have changed any.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var revision = await Revisions.Last(session, ct);
        if (_now is { } known && known.Revision == revision)
            return;
        var made = await Revisions.All(session, ct);
        await session.Commit(ct);
        _now = new IntegrationSet([.. Provisioned(options.Value), .. made.Select(Known).OfType<KnownIntegration>()], revision);
    }

    /// <summary>Looks, and leaves it to the next look where the database does not answer.</summary>
    public async Task TryRefresh(CancellationToken ct)
    {
        try
        {
            await Refresh(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("The integrations cannot be read, retrying in 2 seconds: {Reason}", e.Message);
        }
    }

    /// <summary>Those of the settings.</summary>
    public static IEnumerable<KnownIntegration> Provisioned(GatewayOptions settings) => settings.Integrations.Select(integration =>
        new KnownIntegration(Integration.Of(integration), IsProvisioned: true)
        {
            Keys = [.. new[] { integration.Key, integration.FormerKey }.Where(key => key.Length > 0)
                .Select(key => new KeyHash(IntegrationKeys.Hash(key), null))],
        });

    KnownIntegration? Known(Revision change)
    {
        try
        {
            var made = MadeIntegration.Read(change.Body!);
            List<KeyHash> keys = [];
            if (made.KeyHash is { } key)
                keys.Add(new(Convert.FromHexString(key), null));
            if (made.FormerKeyHash is { } former)
                keys.Add(new(Convert.FromHexString(former), made.FormerKeyUntil));
            return new(Integration.Of(made.Options), IsProvisioned: false) { Keys = keys };
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            lock (_said)
                if (_said.Add((change.Name, e.Message)))
                    log.LogError("The integration {Integration} cannot be read by this version, which refuses it: {Reason}", change.Name, e.Message);
            return null;
        }
    }
}

/// <summary>Keeps the book of this process up to date.</summary>
internal sealed class IntegrationRefresh(IntegrationBook book) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>The first look is made before anybody is let in; the database has just been there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await book.TryRefresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await book.TryRefresh(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }
}
