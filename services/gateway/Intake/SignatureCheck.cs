using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>What signatures and tokens of senders are checked by.</summary>
internal sealed class SignatureCheck(SigningCertificates certificates, TokenKeys keys) : ISignatureCheck
{
    public Task<X509Certificate2> Certificate(Uri address, CancellationToken ct) => certificates.Certificate(address, ct);

    public Task<RSA?> TokenKey(Uri address, string keyId, CancellationToken ct) => keys.Find(address, keyId, ct);
}
