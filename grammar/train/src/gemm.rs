//! Matrix products in a fixed order of additions: the same bits on every machine, whatever its vector width.

/// Columns computed together; every width of the network is a multiple of it.
const WIDE: usize = 32;
/// Rows computed together.
const TALL: usize = 4;

/// `c[m][n] += a[m][k] * b[k][n]`, where `a` is read with the strides `(row, column)`.
pub(crate) fn gemm(m: usize, k: usize, n: usize, a: &[f32], strides: (usize, usize), b: &[f32], c: &mut [f32]) {
    assert_eq!(n % WIDE, 0);
    let (row, column) = strides;
    let b = &b[..k * n];
    let mut panel = vec![[0.0_f32; TALL]; k];
    for top in (0..m).step_by(TALL) {
        let tall = TALL.min(m - top);
        for (inner, quad) in panel.iter_mut().enumerate() {
            for (r, value) in quad.iter_mut().enumerate() {
                *value = if r < tall { a[(top + r) * row + inner * column] } else { 0.0 };
            }
        }
        for left in (0..n).step_by(WIDE) {
            let sums = block(&panel, b, n, left);
            for (r, sum) in sums.iter().enumerate().take(tall) {
                let out = &mut c[(top + r) * n + left..][..WIDE];
                for w in 0..WIDE {
                    out[w] += sum[w];
                }
            }
        }
    }
}

/// Four rows by one stretch of columns. One vector of lanes has a name of its own, so that the compiler keeps all in registers.
#[inline(never)]
fn block(panel: &[[f32; TALL]], b: &[f32], n: usize, left: usize) -> [[f32; WIDE]; TALL] {
    let (mut s0, mut s1, mut s2, mut s3) = ([0.0_f32; WIDE], [0.0_f32; WIDE], [0.0_f32; WIDE], [0.0_f32; WIDE]);
    for (inner, quad) in panel.iter().enumerate() {
        let line: &[f32; WIDE] = b[inner * n + left..][..WIDE].try_into().expect("of that length");
        let [q0, q1, q2, q3] = *quad;
        for w in 0..WIDE {
            s0[w] += q0 * line[w];
        }
        for w in 0..WIDE {
            s1[w] += q1 * line[w];
        }
        for w in 0..WIDE {
            s2[w] += q2 * line[w];
        }
        for w in 0..WIDE {
            s3[w] += q3 * line[w];
        }
    }
    [s0, s1, s2, s3]
}

/// `b` with rows and columns exchanged; `b` has `rows` rows of `columns`.
pub(crate) fn transposed(b: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; b.len()];
    for r in 0..rows {
        for c in 0..columns {
            out[c * rows + r] = b[r * columns + c];
        }
    }
    out
}

/// `e` to the power of `x`, from exact operations only.
pub(crate) fn exp(x: f32) -> f32 {
    let scaled = (x.clamp(-80.0, 80.0)) * std::f32::consts::LOG2_E;
    let whole = scaled.floor();
    let part = (scaled - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + part
            * (1.0
                + part
                    * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0 + part * (1.0 / 720.0))))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * series
}
