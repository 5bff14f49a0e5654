//! Slices, arrays and `Vec`s, iterators over them, and changes in place.

use matgrad::grad;
use nalgebra::*;

use super::point::{check, samples};

#[grad(w)]
fn filt1(w: f64, xs: &[f64]) -> f64 {
    xs.iter().filter(|x| **x > 0.0).map(|x| (x - w).powi(2)).sum()
}

#[test]
fn filt1_is_right() {
    let w: f64 = 0.7;
    let xs: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = filt1_value_and_grad_into(w, &xs, &mut buffer);
    check(&w, |q| filt1(*q, &xs), filt1_value_and_grad(w, &xs), filt1_grad(w, &xs), (value, buffer));
}

#[grad(w)]
fn filt2(w: f64, xs: &[f64]) -> f64 {
    xs.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, x)| (x - w).powi(2)).sum::<f64>()
}

#[test]
fn filt2_is_right() {
    let w: f64 = 0.7;
    let xs: Vec<f64> = samples(6);
    let mut buffer = w.clone();
    let value = filt2_value_and_grad_into(w, &xs, &mut buffer);
    check(&w, |q| filt2(*q, &xs), filt2_value_and_grad(w, &xs), filt2_grad(w, &xs), (value, buffer));
}

#[grad(x)]
fn filt3(x: &[f64]) -> f64 {
    x.iter().filter(|&&v| v > 0.5).map(|v| v.ln()).sum()
}

#[test]
fn filt3_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = filt3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| filt3(q), filt3_value_and_grad(&x), filt3_grad(&x), (value, buffer));
}

#[grad(x)]
fn filt4(x: &DVector<f64>) -> f64 {
    (0..x.len()).filter(|i| i % 3 != 1).map(|i| x[i].powi(3)).sum()
}

#[test]
fn filt4_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = filt4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| filt4(q), filt4_value_and_grad(&x), filt4_grad(&x), (value, buffer));
}

#[grad(x)]
fn filt5(x: &DVector<f64>, ys: &[usize]) -> f64 {
    let mut s = 0.0;
    for &j in ys.iter().filter(|&&j| j > 0) {
        s += x[j] * x[j - 1];
    }
    s
}

#[test]
fn filt5_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let ys: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = filt5_value_and_grad_into(&x, &ys, &mut buffer);
    check(&x, |q| filt5(q, &ys), filt5_value_and_grad(&x, &ys), filt5_grad(&x, &ys), (value, buffer));
}

#[grad(x)]
fn filt6(x: &[f64]) -> f64 {
    x.iter().copied().filter(|v| *v > 0.0).fold(0.0, |a, v| a + v * v)
}

#[test]
fn filt6_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = filt6_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| filt6(q), filt6_value_and_grad(&x), filt6_grad(&x), (value, buffer));
}

#[grad(x)]
fn filt7(x: &[f64], k: &[usize]) -> f64 {
    k.iter().filter(|&&j| j > 0).map(|&j| x[j - 1].sin()).sum()
}

#[test]
fn filt7_is_right() {
    let x: Vec<f64> = samples(6);
    let k: Vec<usize> = vec![2, 0, 3, 1, 1, 2];
    let mut buffer = x.clone();
    let value = filt7_value_and_grad_into(&x, &k, &mut buffer);
    check(&x, |q| filt7(q, &k), filt7_value_and_grad(&x, &k), filt7_grad(&x, &k), (value, buffer));
}

#[grad(x)]
fn red1(x: &[f64]) -> f64 {
    x.iter().copied().reduce(f64::max).unwrap()
}

#[test]
fn red1_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = red1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| red1(q), red1_value_and_grad(&x), red1_grad(&x), (value, buffer));
}

#[grad(x)]
fn coll1(x: &[f64]) -> f64 {
    let z: Vec<f64> = x.iter().map(|v| v.tanh()).collect();
    z.iter().zip(x).map(|(a, b)| a * b).sum()
}

#[test]
fn coll1_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = coll1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| coll1(q), coll1_value_and_grad(&x), coll1_grad(&x), (value, buffer));
}

#[grad(p)]
fn coll3(p: &[Vector2<f64>], c: &Vector2<f64>) -> f64 {
    let d: Vec<_> = p.iter().map(|q| q - c).collect();
    d.iter().map(|v| v.norm()).sum()
}

#[test]
fn coll3_is_right() {
    let p: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let c: Vector2<f64> = Vector2::new(0.3, -0.8);
    let mut buffer = p.clone();
    let value = coll3_value_and_grad_into(&p, &c, &mut buffer);
    check(&p, |q| coll3(q, &c), coll3_value_and_grad(&p, &c), coll3_grad(&p, &c), (value, buffer));
}

#[grad(x)]
fn stepb(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in (1..x.len()).step_by(2) {
        s += x[i - 1] * x[i];
    }
    s
}

#[test]
fn stepb_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = stepb_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| stepb(q), stepb_value_and_grad(&x), stepb_grad(&x), (value, buffer));
}

#[grad(x)]
fn stepc(x: &[f64]) -> f64 {
    x.iter().step_by(2).map(|v| v.powi(2)).sum()
}

#[test]
fn stepc_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = stepc_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| stepc(q), stepc_value_and_grad(&x), stepc_grad(&x), (value, buffer));
}

#[grad(x)]
fn rowm(x: &DMatrix<f64>) -> f64 {
    let mut m = x.clone();
    for mut row in m.row_iter_mut() {
        row *= 2.0;
    }
    m[(0, 1)] * m[(2, 2)]
}

#[test]
fn rowm_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = rowm_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| rowm(q), rowm_value_and_grad(&x), rowm_grad(&x), (value, buffer));
}

#[grad(x)]
fn rown(x: &DMatrix<f64>) -> f64 {
    let mut m = x.clone();
    for (i, mut c) in m.column_iter_mut().enumerate() {
        c.scale_mut(i as f64 + 1.0);
    }
    m.norm_squared()
}

#[test]
fn rown_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = rown_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| rown(q), rown_value_and_grad(&x), rown_grad(&x), (value, buffer));
}

#[grad(x)]
fn rowo(x: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let mut m = x.clone();
    for mut c in m.column_iter_mut() {
        c += b;
    }
    m.norm_squared()
}

#[test]
fn rowo_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = rowo_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| rowo(q, &b), rowo_value_and_grad(&x, &b), rowo_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn alias1(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let v = &mut y[2];
    *v *= 3.0;
    *v += 1.0;
    y.norm_squared()
}

#[test]
fn alias1_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = alias1_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| alias1(q), alias1_value_and_grad(&x), alias1_grad(&x), (value, buffer));
}

#[grad(x)]
fn alias2(x: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    let mut v = y.rows_mut(1, 3);
    v *= 3.0;
    v[0] = 2.0;
    y.norm_squared()
}

#[test]
fn alias2_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = alias2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| alias2(q), alias2_value_and_grad(&x), alias2_grad(&x), (value, buffer));
}

#[grad(x)]
fn applym(x: &Matrix3<f64>) -> f64 {
    let mut m = *x;
    m.apply(|v| *v = v.sin() * *v);
    m.norm_squared()
}

#[test]
fn applym_is_right() {
    let x: Matrix3<f64> = Matrix3::from_iterator(samples(9));
    let mut buffer = x.clone();
    let value = applym_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| applym(q), applym_value_and_grad(&x), applym_grad(&x), (value, buffer));
}

#[grad(x)]
fn zapp(x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    y.zip_apply(b, |v, w| *v = *v * w + 1.0);
    y.norm_squared()
}

#[test]
fn zapp_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = zapp_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| zapp(q, &b), zapp_value_and_grad(&x, &b), zapp_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn gemmit(x: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let mut y = b.clone();
    y.gemm(2.0, x, b, 1.0);
    y.gemm(0.5, b, x, 0.5);
    y.norm_squared()
}

#[test]
fn gemmit_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let b: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = gemmit_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| gemmit(q, &b), gemmit_value_and_grad(&x, &b), gemmit_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn gerloop(x: &DMatrix<f64>) -> f64 {
    let mut s = DMatrix::zeros(x.ncols(), x.ncols());
    for i in 0..x.nrows() {
        let r = x.row(i).transpose();
        s.ger(1.0, &r, &r, 1.0);
    }
    s.norm_squared()
}

#[test]
fn gerloop_is_right() {
    let x: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = gerloop_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| gerloop(q), gerloop_value_and_grad(&x), gerloop_grad(&x), (value, buffer));
}

#[grad(x)]
fn swaps(x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let mut y = x.clone();
    y.swap((0, 0), (1, 0));
    y.swap_rows(2, 3);
    y.dot(b)
}

#[test]
fn swaps_is_right() {
    let x: DVector<f64> = DVector::from_vec(samples(6));
    let b: DVector<f64> = DVector::from_vec(samples(6));
    let mut buffer = x.clone();
    let value = swaps_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| swaps(q, &b), swaps_value_and_grad(&x, &b), swaps_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn foreach(x: &[f64]) -> f64 {
    let mut s = 0.0;
    x.iter().for_each(|v| s += v.exp());
    s
}

#[test]
fn foreach_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = foreach_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| foreach(q), foreach_value_and_grad(&x), foreach_grad(&x), (value, buffer));
}

#[grad(x)]
fn itermutfe(x: &[f64], b: &[f64]) -> f64 {
    let mut y = x.to_vec();
    y.iter_mut().zip(b).for_each(|(v, w)| *v -= w * *v);
    y.iter().map(|v| v * v).sum()
}

#[test]
fn itermutfe_is_right() {
    let x: Vec<f64> = samples(6);
    let b: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = itermutfe_value_and_grad_into(&x, &b, &mut buffer);
    check(&x, |q| itermutfe(q, &b), itermutfe_value_and_grad(&x, &b), itermutfe_grad(&x, &b), (value, buffer));
}

#[grad(x)]
fn arrmut(x: [f64; 3]) -> f64 {
    let mut y = x;
    y[0] *= 2.0;
    y[1] += y[0];
    for i in 0..3 {
        y[i] = y[i].sin();
    }
    y.iter().sum()
}

#[test]
fn arrmut_is_right() {
    let x: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = arrmut_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| arrmut(*q), arrmut_value_and_grad(x.clone()), arrmut_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn arr2(x: &[[f64; 2]]) -> f64 {
    let mut s = 0.0;
    for i in 1..x.len() {
        let dx = x[i][0] - x[i - 1][0];
        let dy = x[i][1] - x[i - 1][1];
        s += (dx * dx + dy * dy).sqrt();
    }
    s
}

#[test]
fn arr2_is_right() {
    let x: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = x.clone();
    let value = arr2_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| arr2(q), arr2_value_and_grad(&x), arr2_grad(&x), (value, buffer));
}

#[grad(x)]
fn arr3(x: &[[f64; 2]]) -> f64 {
    x.iter().map(|[a, b]| a * b).sum()
}

#[test]
fn arr3_is_right() {
    let x: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = x.clone();
    let value = arr3_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| arr3(q), arr3_value_and_grad(&x), arr3_grad(&x), (value, buffer));
}

#[grad(x)]
fn arr4(x: &[[f64; 2]]) -> f64 {
    x.iter().map(|p| p[0].powi(2) + p.iter().sum::<f64>()).sum()
}

#[test]
fn arr4_is_right() {
    let x: Vec<[f64; 2]> = vec![[0.1, 0.2], [0.4, -0.5], [0.7, 0.8], [1., 1.1], [0.3, 0.2], [0.5, 0.1]];
    let mut buffer = x.clone();
    let value = arr4_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| arr4(q), arr4_value_and_grad(&x), arr4_grad(&x), (value, buffer));
}

#[grad(x)]
fn arr5(x: [[f64; 2]; 3]) -> f64 {
    let mut s = 0.0;
    for p in x {
        s += p[0] * p[1];
    }
    for p in &x {
        s -= p[0];
    }
    s
}

#[test]
fn arr5_is_right() {
    let x: [[f64; 2]; 3] = [[0.1, 0.2], [0.4, -0.5], [0.7, 1.2]];
    let mut buffer = x.clone();
    let value = arr5_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| arr5(*q), arr5_value_and_grad(x.clone()), arr5_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn arr6(x: [Vector2<f64>; 3]) -> f64 {
    let [a, b, c] = x;
    (a - b).norm() + (b - c).dot(&a)
}

#[test]
fn arr6_is_right() {
    let x: [Vector2<f64>; 3] = [Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let mut buffer = x.clone();
    let value = arr6_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| arr6(*q), arr6_value_and_grad(x.clone()), arr6_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn pmut(x: &[Vector2<f64>]) -> f64 {
    let mut y = x.to_vec();
    for i in 0..y.len() {
        y[i] *= 2.0;
        y[i][0] += 1.0;
    }
    y[1] += x[0];
    y.iter().map(|v| v.norm_squared()).sum()
}

#[test]
fn pmut_is_right() {
    let x: Vec<Vector2<f64>> = vec![Vector2::new(0.1, 0.2), Vector2::new(1., -0.5), Vector2::new(-0.7, 0.8)];
    let mut buffer = x.clone();
    let value = pmut_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| pmut(q), pmut_value_and_grad(&x), pmut_grad(&x), (value, buffer));
}

#[grad(x)]
fn dvfrom(x: &[f64], a: &DMatrix<f64>) -> f64 {
    let v = DVector::from_vec(x.to_vec());
    let d = DVectorView::from_slice(x, x.len());
    v.dot(&(a * d))
}

#[test]
fn dvfrom_is_right() {
    let x: Vec<f64> = samples(6);
    let a: DMatrix<f64> = DMatrix::from_vec(6, 6, samples(36));
    let mut buffer = x.clone();
    let value = dvfrom_value_and_grad_into(&x, &a, &mut buffer);
    check(&x, |q| dvfrom(q, &a), dvfrom_value_and_grad(&x, &a), dvfrom_grad(&x, &a), (value, buffer));
}

#[grad(x)]
fn v3from(x: [f64; 3]) -> f64 {
    let v = Vector3::from(x);
    v.norm()
}

#[test]
fn v3from_is_right() {
    let x: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = v3from_value_and_grad_into(x.clone(), &mut buffer);
    check(&x, |q| v3from(*q), v3from_value_and_grad(x.clone()), v3from_grad(x.clone()), (value, buffer));
}

#[grad(x)]
fn v3new(x: &[f64; 3]) -> f64 {
    let v: Vector3<f64> = (*x).into();
    v.norm()
}

#[test]
fn v3new_is_right() {
    let x: [f64; 3] = [0.7, -0.4, 1.3];
    let mut buffer = x.clone();
    let value = v3new_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| v3new(q), v3new_value_and_grad(&x), v3new_grad(&x), (value, buffer));
}

#[grad(x)]
fn mfrom(x: &[f64]) -> f64 {
    let m = DMatrix::from_row_slice(2, 3, x);
    (&m * m.transpose()).determinant()
}

#[test]
fn mfrom_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = mfrom_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| mfrom(q), mfrom_value_and_grad(&x), mfrom_grad(&x), (value, buffer));
}

#[grad(x)]
fn lastf(x: &[f64]) -> f64 {
    let n = x.len();
    x[n - 1] * x[0] + x[n / 2]
}

#[test]
fn lastf_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = lastf_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| lastf(q), lastf_value_and_grad(&x), lastf_grad(&x), (value, buffer));
}

#[grad(x)]
fn shadow(x: &[f64]) -> f64 {
    let x = &x[1..];
    let x = x.to_vec();
    x[0] * x[1]
}

#[test]
fn shadow_is_right() {
    let x: Vec<f64> = samples(6);
    let mut buffer = x.clone();
    let value = shadow_value_and_grad_into(&x, &mut buffer);
    check(&x, |q| shadow(q), shadow_value_and_grad(&x), shadow_grad(&x), (value, buffer));
}
