using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Sigma.Gateway.Intake;
using Snappier;

namespace Sigma.UnitTests.Gateway.Intake;

/// <summary>What a request takes is held before it is there, as it comes and as it unpacks.</summary>
public sealed class Bytes_that_are_held
{
    const int Largest = 20 << 20;

    [Theory, InlineData("gzip"), InlineData("br"), InlineData("snappy")]
    public async Task Refuse_what_unpacks_to_more_than_there_is_room_for_and_are_given_back(string encoding)
    {
        ByteBudget budget = new(1 << 20);
        using HeldBytes other = new(budget, () => { });
        other.Add(100_000);
        var refused = 0;
        using (HeldBytes held = new(budget, () => refused++))
        {
            var e = await Assert.ThrowsAsync<RefusedException>(() => Read(Packed(encoding, new byte[2_000_000]), encoding, held));
            Assert.Equal((Refusal.Unavailable, 1), (e.Refusal, refused));
            Assert.True(e.RetryAfter > TimeSpan.Zero);
        }
        Assert.Equal(100_000, budget.Taken);
        using HeldBytes small = new(budget, () => refused++);
        Assert.Equal(500_000, (await Read(Packed(encoding, new byte[500_000]), encoding, small)).Length);
        Assert.InRange(budget.Taken, 600_000, 1 << 20);
        Assert.Equal(1, refused);
    }

    [Theory, InlineData(""), InlineData("gzip")]
    public async Task Let_one_through_alone_that_is_larger_than_all_of_it(string encoding)
    {
        ByteBudget budget = new(1 << 20);
        using (HeldBytes held = new(budget, () => Assert.Fail("it is alone")))
        {
            var body = await Read(Packed(encoding, new byte[5_000_000]), encoding, held);
            Assert.Equal(5_000_000, body.Length);
            held.Add(2 * body.Length);
            Assert.InRange(budget.Taken, 15_000_000, 25_000_000);
        }
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Are_never_fewer_than_what_was_read_of_a_body_without_a_length()
    {
        ByteBudget budget = new(64 << 20);
        using HeldBytes held = new(budget, () => { });
        Trickling source = new(3_000_000, read => Assert.InRange(read, 0, budget.Taken));
        DefaultHttpContext http = new();
        http.Request.Body = source;
        Assert.Equal(3_000_000, (await RequestBody.Read(http.Request, Largest, Largest, held, CancellationToken.None)).Length);
    }

    static async Task<ReadOnlyMemory<byte>> Read(byte[] body, string encoding, HeldBytes held)
    {
        DefaultHttpContext http = new();
        http.Request.Body = new MemoryStream(body);
        http.Request.Headers.ContentEncoding = encoding;
        return await RequestBody.Read(http.Request, Largest, Largest, held, CancellationToken.None);
    }

    static byte[] Packed(string encoding, byte[] bytes)
    {
        if (encoding == "snappy")
            return Snappy.CompressToArray(bytes);
        using MemoryStream packed = new();
        using (Stream? pack = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : encoding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true) : null)
            (pack ?? packed).Write(bytes);
        return packed.ToArray();
    }

    /// <summary>So many bytes, a few at a time; tells how many before each.</summary>
    sealed class Trickling(int length, Action<int> before) : Stream
    {
        int _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _read; set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count)
        {
            before(_read);
            var read = Math.Min(Math.Min(count, 7_000), length - _read);
            _read += read;
            return read;
        }
    }
}
