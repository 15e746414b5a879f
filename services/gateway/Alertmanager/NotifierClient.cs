namespace Sigma.Gateway.Alertmanager;

/// <summary>Asks the notifier for silences. Every failure is a <see cref="ServiceException"/>.</summary>
internal sealed class NotifierClient(ServiceCalls calls)
{
    const string Path = "internal/notifier/silences";

    /// <summary>Those that last or are to begin; or the newest of all.</summary>
    public async Task<IReadOnlyList<NotifierSilence>> All(bool alsoEnded, CancellationToken ct) =>
        (await calls.Send<NotifierSilences>(HttpMethod.Get, alsoEnded ? $"{Path}?all=true" : Path, null, ct))!.Silences;

    public Task Add(NotifierSilenceOrder silence, CancellationToken ct) => calls.Send<object>(HttpMethod.Post, Path, silence, ct);

    public Task End(Guid silence, string by, CancellationToken ct) => calls.Send<object>(HttpMethod.Post, $"{Path}/{silence}/end", new { by }, ct);
}
