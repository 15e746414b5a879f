namespace Sigma.Gateway.Alertmanager;

/// <summary>Another service did not do what it was asked.</summary>
/// <param name="status">What a client of Alertmanager is answered.</param>
/// <param name="message">Why.</param>
/// <param name="inner">What broke.</param>
internal sealed class ServiceException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;
}
