namespace Sigma.Benchmarks.Screens;

/// <summary>Those who look at the same time.</summary>
internal sealed class OpenScreens : IAsyncDisposable
{
    readonly List<IScreen> _open = [];

    /// <summary>How many have ended by themselves.</summary>
    public int Lost => _open.Count(screen => screen.Failure is not null);

    /// <summary>Why the first of them did; null when none has.</summary>
    public string? Failure => _open.Find(screen => screen.Failure is not null)?.Failure?.Message;

    public void Add(IScreen screen) => _open.Add(screen);

    public async ValueTask DisposeAsync()
    {
        foreach (var screen in _open)
            await screen.DisposeAsync();
    }
}
