using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sigma.Gateway.Webhooks;

/// <summary>What a body says.</summary>
internal sealed record Reading
{
    public IReadOnlyList<Understood> Items { get; init; } = [];

    /// <summary>An address that the sender wants called to confirm a subscription; it is checked before any call.</summary>
    public Uri? ConfirmAt { get; init; }

    /// <summary>A check, by what must be fetched, that must hold before anything of it counts: answers with what is wrong, or null.</summary>
    public Func<ISignatureCheck, CancellationToken, Task<string?>>? Signature { get; init; }

    /// <summary>What the sender expects in the body of a 2xx, as JSON; null when nothing.</summary>
    public object? Answer { get; init; }

    /// <summary>The 2xx the sender expects.</summary>
    public int Status { get; init; } = 200;
}

/// <summary>Fetches what a signature is checked by, from addresses that were checked before.</summary>
internal interface ISignatureCheck
{
    /// <summary>The certificate at an address, cached.</summary>
    Task<X509Certificate2> Certificate(Uri address, CancellationToken ct);

    /// <summary>The key of this id among those that sign tokens, published at an address; null when there is none.</summary>
    Task<RSA?> TokenKey(Uri address, string keyId, CancellationToken ct);
}
