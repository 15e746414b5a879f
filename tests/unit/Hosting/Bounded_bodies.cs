using Sigma.Hosting.Http;

namespace Sigma.UnitTests.Hosting;

public sealed class Bounded_bodies
{
    [Fact]
    public async Task Are_read_up_to_their_limit_and_not_a_byte_further()
    {
        using BoundedBody fits = new(new MemoryStream(new byte[100]), 100, () => new InvalidDataException());
        Assert.Equal(100, await fits.ReadAtLeastAsync(new byte[200], 200, throwOnEndOfStream: false));
        using BoundedBody over = new(new MemoryStream(new byte[101]), 100, () => new InvalidDataException());
        await Assert.ThrowsAsync<InvalidDataException>(async () => await over.CopyToAsync(Stream.Null));
    }
}
