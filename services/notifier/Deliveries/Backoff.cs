namespace Sigma.Notifier.Deliveries;

internal static class Backoff
{
    /// <summary>The wait after this many tries: doubling, spread by a fifth either way, never less than the API asks for.</summary>
    public static TimeSpan After(int attempts, DeliveryOptions options, TimeSpan? asked, double random)
    {
        var doubled = options.RetryFrom * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        var wait = (doubled < options.RetryTo ? doubled : options.RetryTo) * (0.8 + 0.4 * random);
        return asked > wait ? asked.Value : wait;
    }
}
